// "What the bridge sees": the picture that your key opens, and beside it the very bytes that went
// through the bridge for it.

import type {CipherSample} from '@sotto/e2ee';
import type {Call} from '../call/call.js';
import type {Tile} from '../call/room_model.js';
import {grouped, h, setText} from './dom.js';
import {hexDump} from './hex.js';
import {NoiseCanvas} from './noise_canvas.js';
import type {PanelContent} from './panel.js';

const DUMP_MS = 400;

export class BridgeView implements PanelContent {
  readonly testid = 'bridge-view';
  readonly title = 'What the bridge sees';
  readonly element: HTMLElement;
  private readonly video = h('video', {autoplay: true, playsinline: true, 'aria-hidden': 'true'});
  private readonly noise = new NoiseCanvas(h('canvas', {testid: 'bridge-noise', role: 'img', 'aria-label': 'Sealed bytes, drawn as grey dots'}));
  private readonly dump = h('pre', {class: 'dump', testid: 'bridge-dump', tabindex: 0, 'aria-label': 'Sealed bytes of the last frame'});
  private readonly numbers = h('dl', {class: 'numbers', testid: 'bridge-numbers'});
  private readonly choice = h('select', {testid: 'bridge-choice', 'aria-label': 'Whose picture', onchange: () => this.follow(this.choice.value)});
  private readonly empty = h('p', {class: 'faint', testid: 'bridge-empty', text: 'As soon as somebody else sends, you see here what the bridge gets of it.'});
  private readonly body: HTMLElement;
  private stopWatching: (() => void) | null = null;
  private followed: string | null = null;
  private slot: string | null = null;
  private track: MediaStreamTrack | null = null;
  private dumpedAt = 0;
  private isOpen = false;

  constructor(private readonly call: Call) {
    this.video.muted = true;
    this.body = h('div', {class: 'bridge'},
        h('label', {class: 'field'}, h('span', {class: 'field-name', text: 'Participant'}), this.choice),
        h('div', {class: 'bridge-pair'},
            h('figure', {}, this.video, h('figcaption', {text: 'You, with the key'})),
            h('figure', {}, this.noise.element, h('figcaption', {text: 'The bridge'}))),
        this.numbers, this.dump,
        h('p', {class: 'faint', text: 'These are the bytes as they arrived, before your browser opened them. Each dot is one byte. Whoever has only this has noise.'}));
    this.element = h('div', {}, this.empty, this.body);
  }

  onOpen(): void {
    this.isOpen = true;
    this.update();
  }

  onClose(): void {
    this.isOpen = false;
    this.stopWatching?.();
    this.stopWatching = null;
    this.slot = null;
    this.show(null);
  }

  update(): void {
    if (!this.isOpen) return;
    const tiles = this.call.model.tiles().filter((tile) => slotOf(tile) !== null);
    const chosen = tiles.find((tile) => tile.key === this.followed) ?? tiles.find((tile) => tile.videoSlot) ?? tiles[0];
    this.fillChoice(tiles, chosen);
    this.empty.hidden = chosen !== undefined;
    this.body.hidden = chosen === undefined;
    this.watch(chosen ? slotOf(chosen) : null);
    this.show(chosen?.videoSlot ? this.call.session?.subscriber.tracks.get(chosen.videoSlot) ?? null : null);
  }

  private follow(key: string): void {
    this.followed = key;
    this.update();
  }

  private fillChoice(tiles: Tile[], chosen: Tile | undefined): void {
    const options = tiles.map((tile) => ({key: tile.key, text: `${tile.name ?? 'Somebody'}${tile.group === 'screen' ? '’s screen' : ''}`}));
    const text = JSON.stringify(options);
    if (this.choice.dataset['options'] !== text) {
      this.choice.dataset['options'] = text;
      this.choice.replaceChildren(...options.map(({key, text: label}) => h('option', {value: key, text: label})));
    }
    if (chosen) this.choice.value = chosen.key;
  }

  private watch(slot: string | null): void {
    if (slot === this.slot) return;
    this.stopWatching?.();
    this.slot = slot;
    this.noise.clear();
    this.dumpedAt = 0;
    this.stopWatching = slot === null ? null : this.call.session!.e2ee.watch(slot, (sample) => this.onSample(sample));
  }

  private onSample(sample: CipherSample): void {
    this.noise.add(sample.head);
    const now = performance.now();
    if (now - this.dumpedAt < DUMP_MS) return;
    this.dumpedAt = now;
    setText(this.dump, hexDump(sample.head, 8));
    const rows: [string, string][] = [
      ['Sealed frame', `${grouped(sample.size)} bytes`],
      ['Kind', sample.kind === 'audio' ? 'sound' : sample.keyFrame ? 'picture, key frame' : 'picture'],
      ['Key number (KID)', sample.kid ?? 'not readable'],
      ['Counter (CTR)', sample.ctr ?? 'not readable'],
    ];
    this.numbers.replaceChildren(...rows.flatMap(([name, value]) => [h('dt', {text: name}), h('dd', {text: value})]));
  }

  private show(track: MediaStreamTrack | null): void {
    if (track === this.track) return;
    this.track = track;
    this.video.srcObject = track ? new MediaStream([track]) : null;
  }
}

function slotOf(tile: Tile): string | null {
  return tile.videoSlot ?? tile.audioSlot;
}
