// One tile: a person's camera or a shared screen. It shows what it is told; the element lives as
// long as the tile's key, so that pictures are not restarted by a change of layout.

import type {QualityReport} from '../media/quality.js';
import {describe} from '../media/quality.js';
import type {Group} from '../signaling/protocol.js';
import {avatarColor, initials} from './avatar.js';
import {h, setAttribute, setData, setText} from './dom.js';
import {icon} from './icons.js';

export interface TileContent {
  key: string;
  endpoint: string;
  group: Group;
  self: boolean;
  verified: 'yes' | 'no' | 'pending';
  name: string | null;
  muted: boolean;
  track: MediaStreamTrack | null;
  /** False: the track is only made ready; nothing of it has been opened yet. */
  shown: boolean;
  waiting: boolean;
}

export class TileView {
  readonly element: HTMLElement;
  readonly video: HTMLVideoElement;
  private readonly avatar = h('div', {class: 'avatar', 'aria-hidden': 'true'});
  private readonly label = h('span', {class: 'tile-name', testid: 'tile-name'});
  private readonly muteMark = h('span', {class: 'tile-mark', testid: 'tile-muted', title: 'Muted'}, icon('microphoneOff'));
  private readonly quality = h('span', {class: 'tile-quality', testid: 'tile-quality', role: 'img', hidden: true}, h('i'), h('i'), h('i'));
  private readonly note = h('p', {class: 'tile-note', testid: 'tile-note'});
  private track: MediaStreamTrack | null = null;

  constructor(key: string) {
    this.video = h('video', {testid: 'tile-video', autoplay: true, playsinline: true, 'aria-hidden': 'true'});
    this.video.muted = true;  // sound has elements of its own
    this.video.disablePictureInPicture = false;
    this.element = h('div', {class: 'tile', testid: 'tile', role: 'listitem', 'data-key': key, 'data-speaking': 'false'},
        this.video, this.avatar, this.note,
        h('div', {class: 'tile-bar'}, this.muteMark, this.label, this.quality));
  }

  update(content: TileContent): void {
    const {element} = this;
    const shown = shownName(content);
    setData(element, 'endpoint', content.endpoint);
    setData(element, 'group', content.group);
    setData(element, 'self', String(content.self));
    setData(element, 'name', content.name ?? '');
    setData(element, 'muted', String(content.muted));
    setData(element, 'verified', content.verified);
    setData(element, 'picture', String(content.shown));
    setAttribute(element, 'aria-label', ariaLabel(content, shown));
    setText(this.label, content.group === 'screen' ? `${shown}${content.self ? 'r' : '’s'} screen` : shown);
    this.muteMark.hidden = !content.muted || content.group === 'screen';
    this.drawAvatar(content);
    setText(this.note, noteOf(content));
    this.note.hidden = this.note.textContent === '';
    this.show(content.track);
  }

  setSpeaking(speaking: boolean): void {
    setData(this.element, 'speaking', String(speaking));
  }

  setQuality(report: QualityReport | null): void {
    this.quality.hidden = report === null;
    if (!report) return;
    setData(this.element, 'quality', report.quality);
    setAttribute(this.quality, 'aria-label', describe(report));
    setAttribute(this.quality, 'title', describe(report));
  }

  close(): void {
    this.show(null);
    this.element.remove();
  }

  private show(track: MediaStreamTrack | null): void {
    if (track === this.track) return;
    this.track = track;
    this.video.srcObject = track ? new MediaStream([track]) : null;
    if (track) void this.video.play().catch(() => undefined);
  }

  private drawAvatar(content: TileContent): void {
    if (content.verified === 'no' || content.group === 'screen') {
      const name = content.group === 'screen' ? 'screen' : 'unknown';
      if (this.avatar.dataset['kind'] !== name) this.avatar.replaceChildren(icon(name));
      this.avatar.dataset['kind'] = name;
      setData(this.avatar, 'color', 'none');
      return;
    }
    this.avatar.dataset['kind'] = 'initials';
    setText(this.avatar, initials(content.name ?? ''));
    setData(this.avatar, 'color', content.name ? String(avatarColor(content.name)) : 'none');
  }
}

function shownName(content: TileContent): string {
  if (content.self) return 'You';
  if (content.verified === 'no') return 'Cannot be verified';
  return content.name ?? (content.verified === 'pending' ? '…' : 'Guest');
}

function noteOf(content: TileContent): string {
  if (content.verified === 'no') return 'This participant’s key does not match yours. Nothing of theirs is shown or played.';
  return content.waiting ? 'Picture on its way…' : '';
}

function ariaLabel(content: TileContent, shown: string): string {
  if (content.group === 'screen') return content.self ? 'Your shared screen' : `Screen shared by ${shown}`;
  const parts = [shown];
  if (content.muted) parts.push('muted');
  if (!content.shown) parts.push('no picture');
  return parts.join(', ');
}
