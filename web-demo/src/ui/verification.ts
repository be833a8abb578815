// The code of the call: seven pictures that everybody here reads out to the others. If somebody were
// in between, or in the room unseen, they would not be the same.

import type {CodeComparison, GroupRoom} from '../call/group_room.js';
import {h, setData, setText} from './dom.js';
import {listed} from './group_notices.js';

/** Nobody has compared a code that has just appeared: a click that is on its way was meant for the last one. */
const LOOK_MS = 1500;

export class Verification {
  private readonly explanation = h('p');
  private readonly symbols = h('ol', {class: 'code', testid: 'code', 'aria-label': 'Code of the call'});
  private readonly people = h('p', {class: 'faint', testid: 'code-people'});
  private readonly result = h('p', {class: 'note', testid: 'code-result', role: 'status'});
  private readonly start = h('button', {class: 'button wide', type: 'button', testid: 'code-start', onclick: () => void this.room.startCode()});
  private readonly no = h('button', {class: 'button', type: 'button', testid: 'code-no', text: 'No, they differ', onclick: () => this.room.denyCode()});
  private readonly yes = h('button', {class: 'button primary', type: 'button', testid: 'code-yes', text: 'All of us see the same', onclick: () => this.drawn && void this.room.confirmCode(this.drawn)});
  private readonly answers = h('div', {class: 'answers'}, this.no, this.yes);
  readonly element = h('section', {class: 'verification', testid: 'verification'}, h('h3', {text: 'Is everybody who they say?'}),
      this.explanation, this.symbols, this.people, this.answers, this.result, this.start);
  private drawn: CodeComparison | null = null;
  private looking: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly room: GroupRoom, openPeople: () => void) {
    this.element.append(h('button', {class: 'button wide', type: 'button', testid: 'verification-people', text: 'Compare with one person', onclick: openPeople}));
  }

  update(): void {
    const {code, codeAsked} = this.room;
    this.symbols.hidden = this.people.hidden = code === null;
    this.answers.hidden = code === null || code.same !== null;
    this.result.hidden = code?.same == null;
    const heard = this.room.others.filter(({reachability}) => reachability !== 'unconfirmed').length;
    this.start.disabled = heard === 0 || this.room.state !== 'in';
    setText(this.start, code ? 'Make a new code' : codeAsked ? 'Start again' : 'Show the code');
    setText(this.explanation, code ? 'Read these out to each other. Everybody must see the same seven, in the same order.' :
        codeAsked ? 'Waiting for everybody’s browser…' :
        heard === 0 ? 'As soon as somebody else is here, you can compare a code of seven pictures.' :
        'Compare seven pictures by reading them out. If somebody were in between, they would not be the same.');
    if (code) this.draw(code);
    this.drawn = code;
  }

  private draw(code: CodeComparison): void {
    if (code !== this.drawn) {
      this.symbols.replaceChildren(...code.symbols.map(({emoji, word}) =>
        h('li', {}, h('span', {class: 'code-emoji', 'aria-hidden': 'true', text: emoji}), h('span', {class: 'code-word', text: word}))));
      this.yes.disabled = true;
      clearTimeout(this.looking);
      this.looking = setTimeout(() => this.yes.disabled = false, LOOK_MS);
    }
    const taking = new Set(code.participants.map(({id}) => id));
    const missing = this.room.everybody().filter(({id}) => !taking.has(id)).map(({name}) => name);
    setText(this.people, `Taking part: ${namesOf(code)}.${missing.length > 0 ? ` Not: ${listed(missing)}.` : ''}`);
    setData(this.result, 'tone', code.same ? 'good' : 'warn');
    setText(this.result, code.same ? `Verified, in this call and in later ones: ${namesOf(code, false)}.` :
        'Then somebody may be in between, or you are not all in the same group. Say nothing here that a stranger should not hear; leave, and send each other a fresh link by another way.');
  }
}

function namesOf({participants}: CodeComparison, withSelf = true): string {
  return listed([...withSelf && participants.some(({self}) => self) ? ['you'] : [], ...participants.filter(({self}) => !self).map(({name}) => name)]);
}
