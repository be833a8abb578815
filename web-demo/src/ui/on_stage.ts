// Who has a tile where not everybody can: a page of hundreds is slow, and shows nobody. Pure.

import type {TileContent} from './tile.js';

const MOST = 25;
const LEAST = 6;
/** Of the stage, for each tile, in square CSS pixels. */
const ROOM = 16_000;

export function mostTiles({width, height}: {width: number; height: number}): number {
  if (width * height === 0) return MOST;  // not laid out yet
  return Math.min(MOST, Math.max(LEAST, Math.floor(width * height / ROOM)));
}

export interface OnStage {
  /** In their order. */
  shown: TileContent[];
  /** Others who have no tile; they are heard all the same. */
  hidden: TileContent[];
}

/**
 * Screens, oneself, and of the others first who spoke last, then who sends a picture or raises a hand, then who came
 * first. Whoever stays keeps the place. Where some are left out, one place is for saying so. `spoke`: keys, last first.
 */
export function onStage(contents: TileContent[], most: number, spoke: readonly string[]): OnStage {
  if (contents.length <= most) return {shown: contents, hidden: []};
  const chosen = new Set([...contents].map((content, index) => ({content, rank: rank(content, spoke), index}))
      .sort((a, b) => a.rank - b.rank || a.index - b.index).slice(0, most - 1).map(({content}) => content.key));
  return {shown: contents.filter(({key}) => chosen.has(key)), hidden: contents.filter(({key}) => !chosen.has(key))};
}

function rank({self, group, key, shown, waiting, handRaised}: TileContent, spoke: readonly string[]): number {
  if (self && group === 'camera') return -2;
  if (group === 'screen') return -1;
  const place = spoke.indexOf(key);
  if (place >= 0) return place;
  return spoke.length + (shown || waiting || handRaised ? 0 : 1);
}
