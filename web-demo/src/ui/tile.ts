// One tile: a person's camera or a shared screen. It shows what it is told; the element lives as
// long as the tile's key, so that pictures are not restarted by a change of layout.

import type {Reachability, Standing} from '@sotto/e2ee';
import {nameOfOther} from '../call/name_likeness.js';
import type {QualityReport} from '../media/quality.js';
import {describe} from '../media/quality.js';
import type {Group} from '../signaling/protocol.js';
import {avatarColor, initials} from './avatar.js';
import {h, setAttribute, setData, setText} from './dom.js';
import {icon, setIcon} from './icons.js';
import {LAGGING, reachabilityWords, standingWords} from './member_words.js';
import type {Words} from './member_words.js';

const LEAVING: Words = {text: 'Leaving', tone: 'warn', meaning: 'The server says that their connection has gone.'};

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
  /** As the group says; null: there is none, or it does not know this tile's owner. */
  standing: Standing | null;
  reachability: Reachability | null;
  caughtUp: boolean;
  handRaised: boolean;
  /** By the server's word; the keys say when somebody has left. */
  leaving: boolean;
  /** What comes of it comes too late to be live. */
  lags: boolean;
}

export class TileView {
  readonly element: HTMLElement;
  readonly video: HTMLVideoElement;
  private readonly avatar = h('div', {class: 'avatar', 'aria-hidden': 'true'});
  private readonly label = h('span', {class: 'tile-name', testid: 'tile-name'});
  private readonly muteMark = h('span', {class: 'tile-mark', testid: 'tile-muted', title: 'Muted'}, icon('microphoneOff'));
  private readonly quality = h('span', {class: 'tile-quality', testid: 'tile-quality', role: 'img', hidden: true}, h('i'), h('i'), h('i'));
  private readonly standing = h('span', {class: 'tile-standing', testid: 'tile-standing', role: 'img'}, icon('shield'));
  private readonly hand = h('div', {class: 'tile-hand', testid: 'tile-hand', role: 'img', 'aria-label': 'Hand raised', title: 'Hand raised'}, icon('hand'));
  private readonly noteTitle = h('strong');
  private readonly noteText = h('span');
  private readonly note = h('p', {class: 'tile-note', testid: 'tile-note'}, this.noteTitle, ' ', this.noteText);
  private track: MediaStreamTrack | null = null;

  constructor(key: string) {
    this.video = h('video', {testid: 'tile-video', autoplay: true, playsinline: true, 'aria-hidden': 'true'});
    this.video.muted = true;  // sound has elements of its own
    this.video.disablePictureInPicture = false;
    this.element = h('div', {class: 'tile', testid: 'tile', role: 'listitem', 'data-key': key, 'data-speaking': 'false'},
        this.video, this.avatar, this.note, this.hand,
        h('div', {class: 'tile-bar'}, this.muteMark, this.standing, this.label, this.quality));
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
    setData(element, 'leaving', String(content.leaving));
    setAttribute(element, 'aria-label', ariaLabel(content, shown));
    setText(this.label, content.group === 'screen' ? `${shown}${content.self ? 'r' : '’s'} screen` : shown);
    // Of somebody who has not been heard, nobody knows.
    this.muteMark.hidden = !content.muted || content.group === 'screen' || content.reachability === 'unconfirmed';
    this.hand.hidden = !content.handRaised;
    this.drawStanding(content);
    this.drawAvatar(content);
    const {title, text} = noteOf(content);
    setText(this.noteTitle, title);
    setText(this.noteText, text);
    this.note.hidden = title === '' && text === '';
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

  private drawStanding(content: TileContent): void {
    const mark = markOf(content);
    setData(this.element, 'standing', content.standing ?? 'none');
    setData(this.element, 'reachability', content.reachability ?? 'none');
    setData(this.element, 'lags', String(content.lags));
    this.standing.hidden = mark === null;
    if (!mark) return;
    setData(this.standing, 'tone', mark.tone);
    setIcon(this.standing, mark.tone === 'good' ? 'shield' : 'warning');
    setAttribute(this.standing, 'aria-label', mark.text);
    setAttribute(this.standing, 'title', mark.text);
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
  return content.name ? nameOfOther(content.name) : (content.verified === 'pending' ? '…' : 'Guest');
}

/** The most important of what the group says about this tile's owner. */
function markOf({standing, reachability, caughtUp, group, lags, leaving}: TileContent): Words | null {
  if (standing === 'changed') return standingWords('changed');
  if (leaving) return LEAVING;
  if (lags) return LAGGING;
  const reach = reachability && reachabilityWords(reachability, caughtUp);
  if (reach) return reach;
  return standing === 'verified' && group === 'camera' ? standingWords('verified') : null;
}

/** `title`: also where there is little room. */
function noteOf({verified, reachability, standing, caughtUp, shown, waiting, leaving}: TileContent): {title: string; text: string} {
  if (verified === 'no') return {title: '', text: 'This participant’s key does not match yours. Nothing of theirs is shown or played.'};
  if (leaving) return {title: LEAVING.text, text: LEAVING.meaning ?? ''};
  const reach = shown ? null : reachability && reachabilityWords(reachability, caughtUp);
  if (reach) return {title: reach.text, text: reach.meaning ?? ''};
  if (standing === 'changed' && !shown) return {title: 'Not the one of before', text: ''};
  return {title: '', text: waiting ? 'Picture on its way…' : ''};
}

function ariaLabel(content: TileContent, shown: string): string {
  if (content.group === 'screen') return content.self ? 'Your shared screen' : `Screen shared by ${shown}`;
  const parts = [shown];
  const mark = markOf(content);
  if (mark) parts.push(mark.text);
  if (content.handRaised) parts.push('hand raised');
  if (content.muted && content.reachability !== 'unconfirmed') parts.push('muted');
  if (!content.shown) parts.push('no picture');
  return parts.join(', ');
}
