// Two fingerprints side by side, for two people to compare by another way: a telephone call, a
// meeting. They belong to the people, not to the call.

import type {GroupRoom, Member} from '../call/group_room.js';
import {h, setText} from './dom.js';
import type {PanelContent} from './panel.js';

export class FingerprintPanel implements PanelContent {
  readonly testid = 'fingerprint-panel';
  readonly title = 'Compare fingerprints';
  private readonly theirName = h('figcaption');
  private readonly mine = digits('fingerprint-mine');
  private readonly theirs = digits('fingerprint-theirs');
  private readonly result = h('p', {class: 'note', testid: 'fingerprint-result', role: 'status'});
  private readonly actions = h('div', {class: 'row'},
      h('button', {class: 'button', type: 'button', testid: 'fingerprint-differ', text: 'They differ', onclick: () => this.say(false)}),
      h('button', {class: 'button primary', type: 'button', testid: 'fingerprint-match', text: 'They match', onclick: () => void this.confirm()}));
  private readonly explanation = h('p');
  readonly element = h('div', {}, this.explanation,
      h('div', {class: 'fingerprints'}, h('figure', {}, h('figcaption', {text: 'You'}), this.mine), h('figure', {}, this.theirName, this.theirs)),
      this.actions, this.result,
      h('p', {class: 'faint', text: 'Say that they match only when you have compared every digit.'}));
  private member: Member | null = null;

  constructor(private readonly room: GroupRoom) {}

  /** Whom to compare with, before it is opened. */
  show(member: Member): void {
    const {name} = member;
    this.member = member;
    setText(this.theirName, name);
    setText(this.explanation, `Read these numbers to ${name} by a way that this call has nothing to do with, such as the telephone. ${name} sees the same two, the other way round.`);
    this.result.hidden = true;
    this.actions.hidden = true;
    this.mine.replaceChildren();
    this.theirs.replaceChildren();
    void this.fill(member);
  }

  update(): void {
    if (this.member && !this.room.isHere(this.member)) this.actions.hidden = true;
  }

  private async fill(member: Member): Promise<void> {
    const {self} = this.room;
    if (!self) return;
    const [mine, theirs] = await Promise.all([this.room.fingerprint(self), this.room.fingerprint(member)]);
    if (this.member !== member || mine === null || theirs === null || !this.room.isHere(member)) return;
    this.actions.hidden = false;
    for (const [list, text] of [[this.mine, mine], [this.theirs, theirs]] as const) {
      list.replaceChildren(...text.split(' ').map((group) => h('span', {text: group})));
    }
  }

  private async confirm(): Promise<void> {
    if (this.member && await this.room.confirmFingerprint(this.member)) this.say(true);
  }

  private say(same: boolean): void {
    const name = this.member?.name;
    this.actions.hidden = true;
    this.result.hidden = false;
    this.result.dataset['tone'] = same ? 'good' : 'warn';
    setText(this.result, same ? `${name} is verified, in this call and in later ones.` :
        `Then this is not ${name}, or not from the browser that you think. Say nothing here that a stranger should not hear.`);
  }
}

function digits(testid: string): HTMLElement {
  return h('div', {class: 'digits', testid});
}
