// While nobody has let one in: what is being waited for, and after a while what may be wrong.

import {h, setText} from './dom.js';

const REASONS = [
  'A moderator may have to admit you. Then wait: they have been asked.',
  'The link may be an old one. It changes when somebody is removed, so ask for the present one.',
  'The room may be locked.',
  'Those who are said to be here may not be reachable, or the server holds messages back.',
];

export class EnteringNote {
  private readonly title = h('p', {class: 'invite-title'});
  private readonly detail = h('p');
  private readonly reasons = h('ul', {class: 'reasons'}, ...REASONS.map((text) => h('li', {text})));
  readonly element = h('div', {class: 'invite entering', testid: 'entering', role: 'status'}, this.title, this.detail, this.reasons);

  /** 'unanswered': for long. null: one is in, or has been. */
  show(admission: 'joining' | 'unanswered' | null): void {
    this.element.hidden = admission === null;
    const long = admission === 'unanswered';
    setText(this.title, long ? 'Nobody has let you in yet' : 'Being let in…');
    setText(this.detail, long ? 'The server says that others are in this room. Until one of them lets you in, you neither see nor hear each other.' :
        'The browsers of the people in the room decide, not the server.');
    this.reasons.hidden = !long;
  }
}
