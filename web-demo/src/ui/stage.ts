// All tiles of a call, kept by key and laid out by ./layout.ts.

import type {Call} from '../call/call.js';
import type {Reaction} from '../call/group_room.js';
import {AUDIO_OF, VIDEO_OF} from '../call/room_model.js';
import type {ShownTile} from '../call/wants.js';
import type {QualityMonitor} from '../media/quality_monitor.js';
import {h, setData} from './dom.js';
import {arrange, pictureHeight} from './layout.js';
import type {Place} from './layout.js';
import {floatReaction} from './reactions.js';
import {TileView} from './tile.js';
import type {TileContent} from './tile.js';

export class Stage {
  readonly element = h('div', {class: 'stage', testid: 'stage', role: 'list', 'aria-label': 'Participants'});
  readonly tiles = new Map<string, TileView>();
  private contents: TileContent[] = [];
  private readonly observer = new ResizeObserver(() => this.layout());

  constructor(private readonly call: Call, private readonly onShown: (shown: ShownTile[]) => void) {
    this.observer.observe(this.element);
  }

  update(): void {
    this.contents = contentsOf(this.call);
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
    const {mode, places} = arrange(screens, others, {left: 0, top: 0, width, height});
    setData(this.element, 'mode', mode);
    this.contents.forEach((content, index) => place(this.tile(content.key).element, places[index]!));
    this.onShown(this.contents.flatMap((content, index) => content.self ? [] : [{
      endpoint: content.endpoint, group: content.group, height: pictureHeight(places[index]!),
    }]));
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
    standing: null, reachability: null, caughtUp: true, handRaised: call.room?.handRaised ?? false, lags: false,
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
      handRaised: tile.group === 'camera' && tile.handRaised,
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
