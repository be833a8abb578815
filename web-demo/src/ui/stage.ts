// All tiles of a call, kept by key and laid out by ./layout.ts.

import type {Call} from '../call/call.js';
import type {Reaction} from '../call/group_room.js';
import {AUDIO_OF, VIDEO_OF} from '../call/room_model.js';
import type {ShownTile} from '../call/wants.js';
import type {QualityMonitor} from '../media/quality_monitor.js';
import {h, setAttribute, setData, setText} from './dom.js';
import {arrange, pictureHeight} from './layout.js';
import type {Place} from './layout.js';
import {mostTiles, onStage} from './on_stage.js';
import {floatReaction} from './reactions.js';
import {TileView} from './tile.js';
import type {TileContent} from './tile.js';

/** So many who have spoken are remembered. */
const SPEAKERS = 25;

export class Stage {
  readonly element = h('div', {class: 'stage', testid: 'stage', role: 'list', 'aria-label': 'Participants'});
  readonly tiles = new Map<string, TileView>();
  private contents: TileContent[] = [];
  /** Others for whom there is no place: heard, and listed among the people. */
  private hidden: TileContent[] = [];
  /** Keys of tiles; who spoke last is first. */
  private spoke: string[] = [];
  private readonly more = h('button', {class: 'tile more-tile', type: 'button', testid: 'more-people', onclick: () => this.onMore()});
  private readonly observer = new ResizeObserver(() => this.update());

  constructor(private readonly call: Call, private readonly onShown: (shown: ShownTile[]) => void, private readonly onMore = () => {}) {
    this.observer.observe(this.element);
  }

  update(): void {
    const {clientWidth: width, clientHeight: height} = this.element;
    const {shown, hidden} = onStage(contentsOf(this.call), mostTiles({width, height}), this.spoke);
    this.contents = shown;
    this.hidden = hidden;
    const keys = new Set(this.contents.map((content) => content.key));
    for (const [key, tile] of this.tiles) {
      if (keys.has(key)) continue;
      tile.close();
      this.tiles.delete(key);
    }
    for (const content of this.contents) this.tile(content.key).update(content);
    this.layout();
  }

  showQuality(monitor: QualityMonitor): void {
    for (const content of this.contents) this.tiles.get(content.key)?.setQuality(monitor.report(content));
  }

  /** Of anybody, with a tile or without: who speaks gets one. */
  noteSpeaking(key: string): void {
    if (this.spoke[0] === key) return;
    this.spoke = [key, ...this.spoke.filter((other) => other !== key)].slice(0, SPEAKERS);
    if (this.hidden.some((content) => content.key === key)) this.update();
  }

  /** Over the camera of who reacts. */
  react(reaction: Reaction, self: boolean): void {
    const tile = this.contents.find((content) => content.group === 'camera' && (self ? content.self : content.endpoint === reaction.memberId));
    floatReaction(tile ? this.tile(tile.key).element : this.element, reaction);
  }

  close(): void {
    this.observer.disconnect();
    for (const tile of this.tiles.values()) tile.close();
  }

  private tile(key: string): TileView {
    let tile = this.tiles.get(key);
    if (!tile) {
      tile = new TileView(key);
      this.tiles.set(key, tile);
      this.element.append(tile.element);
    }
    return tile;
  }

  private layout(): void {
    const {clientWidth: width, clientHeight: height} = this.element;
    if (width === 0 || height === 0) return;
    const screens = this.contents.filter((content) => content.group === 'screen').length;
    const others = this.contents.filter((content) => content.group === 'camera' && !content.self).length;
    const {mode, places} = arrange(screens, others + (this.hidden.length > 0 ? 1 : 0), {left: 0, top: 0, width, height});
    setData(this.element, 'mode', mode);
    this.contents.forEach((content, index) => place(this.tile(content.key).element, places[index]!));
    this.showMore(places.at(-1)!);
    this.onShown([
      ...this.contents.flatMap((content, index) => content.self ? [] : [{
        endpoint: content.endpoint, group: content.group, height: pictureHeight(places[index]!),
      }]),
      ...this.hidden.flatMap(({self, endpoint, group}) => self ? [] : [{endpoint, group, height: 0}]),
    ]);
  }

  private showMore(at: Place): void {
    const count = this.hidden.length;
    if (count === 0) return this.more.remove();
    setText(this.more, `and ${count} more`);
    setAttribute(this.more, 'aria-label', `And ${count} more, without a picture. Show people.`);
    place(this.more, at);
    if (this.element.lastElementChild !== this.more) this.element.append(this.more);
  }
}

function place(element: HTMLElement, {left, top, width, height}: Place): void {
  const {style} = element;
  style.left = `${left}px`;
  style.top = `${top}px`;
  style.width = `${width}px`;
  style.height = `${height}px`;
  setData(element, 'size', height < 110 ? 'small' : height < 240 ? 'medium' : 'large');
}

/** Screens, then others in the order they came, oneself last. */
function contentsOf(call: Call): TileContent[] {
  const endpoint = call.session?.endpoint ?? 'self';
  const self: TileContent = {
    key: 'self/camera', endpoint, group: 'camera', self: true, verified: 'yes', name: call.name,
    muted: !call.local.microphoneOn, track: call.local.cameraOn ? call.local.camera : null, shown: call.local.cameraOn, waiting: false,
    standing: null, reachability: null, caughtUp: true, handRaised: call.room?.handRaised ?? false, lags: false, leaving: false,
  };
  const [screen] = call.screen.stream?.getVideoTracks() ?? [];
  const tracks = call.session?.subscriber.tracks;
  const others = call.model.tiles().map((tile): TileContent => {
    const slot = tile.videoSlot ?? tile.pendingSlot;
    const track = slot === null ? null : tracks?.get(slot) ?? null;
    const shown = track !== null && tile.videoSlot !== null;
    return {
      key: tile.key, endpoint: tile.endpoint, group: tile.group, self: false,
      verified: tile.proof === 'opened' ? 'yes' : tile.proof === 'unreadable' ? 'no' : 'pending',
      name: tile.name, muted: !tile.microphoneOn, track, shown, waiting: tile.cameraOn && !shown,
      standing: tile.standing, reachability: tile.reachability, caughtUp: tile.caughtUp,
      handRaised: tile.group === 'camera' && tile.handRaised, leaving: tile.leaving,
      lags: [VIDEO_OF, AUDIO_OF].some((source) => call.security?.lags.has(tile.endpoint, source[tile.group])),
    };
  });
  return [
    ...screen ? [{...self, handRaised: false, key: 'self/screen', group: 'screen' as const, track: screen, shown: true}] : [],
    ...others.filter((tile) => tile.group === 'screen'),
    ...others.filter((tile) => tile.group === 'camera'),
    self,
  ];
}
