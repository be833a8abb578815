// While nobody has let one in: what is being waited for, and after a while what may be wrong. That a moderator has
// been asked, or that the room is locked, a browser in the room has said, sealed under this link; that nobody answers
// is all that can be known of a wrong link, since a server may keep every answer back.

import type {Admission} from '../call/keys/room_keys.js';
import {h, setText} from './dom.js';

type Outside = Exclude<Admission, 'in' | 'rejoining'>;

const WORDS: Record<Outside, {title: string; detail: string}> = {
  joining: {title: 'Being let in…', detail: 'The browsers of the people in the room decide, not the server.'},
  asked: {title: 'A moderator has been asked', detail: 'Somebody in the room sees that you wait, and decides. You come in by yourself as soon as they say yes.'},
  locked: {title: 'This room is locked', detail: 'Nobody new is let in at the moment. Stay here, and you come in by yourself when a moderator opens it.'},
  unanswered: {title: 'Nobody answers', detail: 'The server says that others are in this room, but nobody who has the same link as you has answered.'},
};

const REASONS = [
  'The link may be wrong, or an old one: it changes when somebody is removed. Ask for the present one.',
  'Those who are said to be here may not be reachable, or the server holds messages back.',
];

export class EnteringNote {
  private readonly title = h('p', {class: 'invite-title'});
  private readonly detail = h('p');
  private readonly reasons = h('ul', {class: 'reasons'}, ...REASONS.map((text) => h('li', {text})));
  readonly element = h('div', {class: 'invite entering', testid: 'entering', role: 'status'}, this.title, this.detail, this.reasons);

  /** null: one is in, or has been. */
  show(admission: Outside | null): void {
    this.element.hidden = admission === null;
    if (admission === null) return;
    setText(this.title, WORDS[admission].title);
    setText(this.detail, WORDS[admission].detail);
    this.reasons.hidden = admission !== 'unanswered';
  }
}
