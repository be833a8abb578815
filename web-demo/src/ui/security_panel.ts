// The lock's panel: what is true of this call now, and what the bridge can and cannot see.

import type {StreamStats} from '@sotto/e2ee';
import type {Call} from '../call/call.js';
import {grouped, h, setData, setText} from './dom.js';
import {icon} from './icons.js';
import type {PanelContent} from './panel.js';

const CANNOT_SEE = [
  'What you say and what your camera or screen shows',
  'Your name, and the names of the others',
  'The key: it is the part of the link after #, which browsers do not send to servers',
];
const CANNOT_SEE_OF_GROUP = [
  'What you write, your reactions, and whether your hand is raised',
  'Who is who: it cannot add anybody to the list of people, or take anybody off it',
];
const CAN_SEE = [
  'That a number of browsers are in this room, from which network addresses, and when',
  'When each of you sends sound, a camera or a screen, how much of it, and how loud the microphones are',
  'The room’s name in the link, before the # sign',
];
const CAN_SEE_OF_GROUP = ['When you write something, and roughly how much. It can hold messages back, and then the page says so'];
const BY_ITS_WORD = 'Encryption is off: that a voice or a picture is the person’s under whose name it is shown, is the server’s word.';
const CAN_SEE_IN_CLEAR = ['What you say, and what your camera or screen shows, while encryption is off', ...CAN_SEE];
const PROMISED_BY_GROUP = [
  'The keys change whenever somebody comes or goes.',
  'Who leaves or is removed can open nothing that is sent afterwards, and who comes later nothing that was sent before.',
  'When a moderator removes somebody, the old link lets nobody in any more.',
];
const OF_ANY_KEY = [
  'Your browser keeps the link in its history, and copies it to your other devices if it syncs that.',
  'The page comes from a server: you trust whoever runs it to serve this page unchanged.',
];
const NOT_PROMISED_BY_GROUP = [
  'Everybody who has the link can come in, unless a moderator decides who may. You see everybody who does.',
  'Whoever is in the call can record it, or pass on what it hears.',
  'A name is what a person has typed. Compare the code, or fingerprints, to know who it is.',
  'Somebody in the call could speak under another’s name, with the server’s help.',
  ...OF_ANY_KEY,
];
const NOT_PROMISED_BY_LINK = [
  'Everybody who has the link can hear the call. Send it only to people who may.',
  'Whoever records the sealed call and gets the link later can open the recording.',
  'The server could repeat what was sent earlier under this link as if it were live, to people who have just come or reconnected.',
  'A person with the link could speak under another’s name, with the server’s help.',
  'There is no chat here, nobody can be removed, and nobody can be verified.',
  ...OF_ANY_KEY,
];

export class SecurityPanel implements PanelContent {
  readonly testid = 'security-panel';
  readonly title = 'Encryption';
  readonly element: HTMLElement;
  private readonly state = h('div', {class: 'security-state', testid: 'security-state'});
  private readonly label = h('strong');
  private readonly detail = h('p', {testid: 'security-detail'});
  private readonly counts = h('dl', {class: 'numbers'});

  private readonly verification = h('div', {class: 'verification-holder'});
  private readonly points = h('div', {class: 'all-points'});
  private isOpen = false;
  private drawnEncrypted: boolean | null = null;

  constructor(private readonly call: Call, showBridge: () => void) {
    this.state.append(icon('lock'), h('div', {}, this.label, this.detail));
    this.element = h('div', {},
        this.state,
        this.verification,
        h('button', {class: 'button wide', type: 'button', testid: 'show-bridge-view', onclick: showBridge}, icon('eye'), 'Show what the bridge sees'),
        this.points,
        h('details', {class: 'more'}, h('summary', {text: 'Counted in this browser'}), this.counts));
    this.points.append(
        section('The server that carries this call (the “bridge”) cannot see', CANNOT_SEE, 'check'),
        section('It can see', CAN_SEE, 'eye'),
        section('What a link’s key does not promise', NOT_PROMISED_BY_LINK, 'warning'));
  }

  /** There is a group: its code and its switch stand first, and other things are true. */
  showGroup(...elements: HTMLElement[]): void {
    this.verification.replaceChildren(...elements);
    this.drawPoints(true);
  }

  private drawPoints(encrypted: boolean): void {
    this.drawnEncrypted = encrypted;
    const [heard, ...unseen] = CANNOT_SEE;
    this.points.replaceChildren(
        section(encrypted ? 'What the keys of this call promise' : 'What the keys promise of what you write, and of who is here', PROMISED_BY_GROUP, 'check'),
        section('The server that carries this call (the “bridge”) cannot see',
            [...encrypted ? [heard!] : [], ...unseen, ...CANNOT_SEE_OF_GROUP], 'check'),
        section('It can see', [...encrypted ? CAN_SEE : CAN_SEE_IN_CLEAR, ...CAN_SEE_OF_GROUP], 'eye'),
        section('What they do not promise', [...encrypted ? [] : [BY_ITS_WORD], ...NOT_PROMISED_BY_GROUP], 'warning'));
  }

  onOpen(): void {
    this.isOpen = true;
    this.update();
  }

  onClose(): void {
    this.isOpen = false;
  }

  update(): void {
    const {security} = this.call;
    this.verification.hidden = this.verification.childElementCount === 0;
    if (!security || !this.isOpen) return;
    const encrypted = this.call.room?.settings?.mediaEncrypted ?? true;
    if (this.call.room && encrypted !== this.drawnEncrypted) this.drawPoints(encrypted);
    setData(this.state, 'state', security.lock.state);
    setText(this.label, security.lock.label);
    setText(this.detail, security.lock.detail);
    const rows = countRows(security.stats);
    const text = JSON.stringify(rows);
    if (this.counts.dataset['shown'] === text) return;
    this.counts.dataset['shown'] = text;
    this.counts.replaceChildren(...rows.flatMap(([name, value]) => [h('dt', {text: name}), h('dd', {text: value})]));
  }
}

function section(title: string, lines: string[], mark: 'check' | 'eye' | 'warning'): HTMLElement {
  return h('section', {class: `points ${mark}`}, h('h3', {text: title}),
      h('ul', {}, ...lines.map((line) => h('li', {}, icon(mark), h('span', {text: line})))));
}

const CAUSES: Record<string, string> = {
  'no-key': 'Not sent: no key',
  'unknown-key': 'Dropped: nobody’s key',
  'unauthenticated': 'Dropped: the seal does not fit',
  'replayed': 'Dropped: seen before',
  'claim-mismatch': 'Dropped: not who the bridge said',
  'kid-in-use': 'Dropped: already playing elsewhere',
  'awaiting-key-frame': 'Waited for a whole picture',
  'malformed': 'Dropped: not sealed',
  'unsupported-codec': 'Dropped: unknown codec',
  'too-large': 'Dropped: too large',
  'failed': 'Dropped: internal error',
};

function countRows(stats: StreamStats[]): [string, string][] {
  const sum = (direction: StreamStats['direction']) =>
      stats.reduce((total, stream) => total + (stream.direction === direction ? stream.frames : 0), 0);
  const rows: [string, string][] = [
    ['Frames sealed and sent', grouped(sum('send'))],
    ['Frames opened and played', grouped(sum('receive'))],
  ];
  const drops = new Map<string, number>();
  for (const stream of stats) {
    for (const [cause, count] of Object.entries(stream.drops)) drops.set(cause, (drops.get(cause) ?? 0) + (count ?? 0));
  }
  for (const [cause, count] of drops) if (count > 0) rows.push([CAUSES[cause] ?? cause, grouped(count)]);
  return rows;
}
