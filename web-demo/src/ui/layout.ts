// Where tiles go. Pure arithmetic: the view only applies it.

export interface Box {
  width: number;
  height: number;
}
export interface GridLayout {
  columns: number;
  rows: number;
  tile: Box;
}

export const GAP = 10;
/** Tiles may be cropped between these shapes, so that a phone held upright is used well. */
const WIDEST = 16 / 9;
const TALLEST = {upright: 3 / 4, flat: 5 / 4, alone: 9 / 20};

/** The columns that give the largest tiles for `count` tiles in `area`. */
export function bestGrid(count: number, area: Box, gap = GAP, tallest = tallestIn(area, count)): GridLayout {
  let best: GridLayout = {columns: 1, rows: Math.max(1, count), tile: {width: 0, height: 0}};
  let bestScore = -1;
  for (let columns = 1; columns <= Math.max(1, count); columns++) {
    const rows = Math.ceil(Math.max(1, count) / columns);
    const cell = {
      width: (area.width - gap * (columns - 1)) / columns,
      height: (area.height - gap * (rows - 1)) / rows,
    };
    if (cell.width <= 0 || cell.height <= 0) continue;
    const tile = fit(cell, tallest);
    // What counts is the size of a face: a cropped picture is as large as its tile is high. Area
    // counts too, so that tiles do not become needlessly narrow; then few empty places.
    const empty = columns * rows - count;
    const score = Math.sqrt(tile.height * Math.sqrt(tile.width * tile.height)) - empty * 0.1;
    if (score > bestScore + 0.01) {
      bestScore = score;
      best = {columns, rows, tile: {width: Math.floor(tile.width), height: Math.floor(tile.height)}};
    }
  }
  return best;
}

function tallestIn(area: Box, count: number): number {
  if (count === 1) return TALLEST.alone;
  return area.width < area.height ? TALLEST.upright : TALLEST.flat;
}

function fit(cell: Box, tallest: number): Box {
  const shape = Math.min(WIDEST, Math.max(tallest, cell.width / cell.height));
  const width = Math.min(cell.width, cell.height * shape);
  return {width, height: Math.min(cell.height, width / shape)};
}

export interface Place extends Box {
  left: number;
  top: number;
}

/** Where each of `count` tiles lies in `area`; a last row that is not full is centred. */
export function gridPlaces(count: number, area: Place, gap = GAP, tallest = tallestIn(area, count)): Place[] {
  const {columns, rows, tile} = bestGrid(count, area, gap, tallest);
  const top = area.top + (area.height - rows * tile.height - (rows - 1) * gap) / 2;
  return Array.from({length: count}, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, count - row * columns);
    const left = area.left + (area.width - inRow * tile.width - (inRow - 1) * gap) / 2;
    return {
      left: Math.round(left + (index % columns) * (tile.width + gap)),
      top: Math.round(top + row * (tile.height + gap)),
      ...tile,
    };
  });
}

const STRIP_SIDE = 220;
const STRIP_BELOW = 128;

/** With a shared screen: it gets the room, people a strip beside or below it. */
export function stagePlaces(screens: number, people: number, area: Place, gap = GAP): {screens: Place[]; people: Place[]} {
  if (people === 0) return {screens: gridPlaces(screens, area, gap), people: []};
  const beside = area.width > area.height * 1.2;
  const side = Math.min(STRIP_SIDE, area.width * 0.28);
  const below = Math.min(STRIP_BELOW, area.height * 0.3);
  const stage: Place = beside ? {...area, width: area.width - side - gap} : {...area, height: area.height - below - gap};
  const strip: Place = beside ?
      {...area, left: area.left + area.width - side, width: side} :
      {...area, top: area.top + area.height - below, height: below};
  return {screens: gridPlaces(screens, stage, gap), people: gridPlaces(people, strip, gap, TALLEST.flat)};
}

/** One's own picture in a call of two: small, in the corner of the other's. */
export function cornerPlace(area: Place, over: Place): Place {
  const upright = area.width < 560;
  const width = Math.round(upright ? Math.min(104, area.width * 0.28) : Math.min(236, area.width * 0.2));
  const height = Math.round(upright ? width * 4 / 3 : width * 9 / 16);
  const margin = 12;
  return {
    left: over.left + over.width - width - margin, top: over.top + over.height - height - margin, width, height,
  };
}

export interface Arrangement {
  mode: 'alone' | 'pair' | 'grid' | 'screen';
  /** In the order: screens, others, oneself last. */
  places: Place[];
}

/** `others`: camera tiles of other people; one's own tile comes last. */
export function arrange(screens: number, others: number, area: Place): Arrangement {
  if (screens > 0) {
    const {screens: large, people} = stagePlaces(screens, others + 1, area);
    return {mode: 'screen', places: [...large, ...people]};
  }
  if (others === 0) return {mode: 'alone', places: gridPlaces(1, area)};
  if (others === 1) {
    const [large] = gridPlaces(1, area);
    return {mode: 'pair', places: [large!, cornerPlace(area, large!)]};
  }
  return {mode: 'grid', places: gridPlaces(others + 1, area)};
}

/** The height that a 16:9 picture needs to fill the tile. */
export function pictureHeight(place: Box): number {
  return Math.round(Math.max(place.height, place.width * 9 / 16));
}
