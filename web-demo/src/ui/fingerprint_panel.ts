// Two fingerprints side by side, for two people to compare by another way: a telephone call, a
// meeting. They belong to the people, not to the call.

import type {GroupRoom} from '../call/group_room.js';
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
  private id: string | null = null;
  private name = '';

  constructor(private readonly room: GroupRoom) {}

  /** Whom to compare with, before it is opened. */
  show(id: string): void {
    this.id = id;
    this.name = this.room.members.get(id)?.name ?? '';
    setText(this.theirName, this.name);
    setText(this.explanation, `Read these numbers to ${this.name} by a way that this call has nothing to do with, such as the telephone. ${this.name} sees the same two, the other way round.`);
    this.result.hidden = true;
    this.actions.hidden = false;
    void this.fill();
  }

  update(): void {
    if (this.id !== null && this.room.members.get(this.id)?.name === this.name) return;
    // The place in the group may be another's by now.
    this.actions.hidden = true;
  }

  private async fill(): Promise<void> {
    const {id, room} = this;
    const self = room.self;
    this.mine.replaceChildren();
    this.theirs.replaceChildren();
    if (id === null || !self) return;
    const [mine, theirs] = await Promise.all([room.fingerprint(self.id), room.fingerprint(id)]);
    if (this.id !== id) return;
    this.actions.hidden = mine === null || theirs === null;
    for (const [list, text] of [[this.mine, mine], [this.theirs, theirs]] as const) {
      list.replaceChildren(...(text ?? '').split(' ').map((group) => h('span', {text: group})));
    }
  }

  private async confirm(): Promise<void> {
    if (this.id !== null && await this.room.confirmFingerprint(this.id)) this.say(true);
  }

  private say(same: boolean): void {
    this.actions.hidden = true;
    this.result.hidden = false;
    this.result.dataset['tone'] = same ? 'good' : 'warn';
    setText(this.result, same ? `${this.name} is verified, in this call and in later ones.` :
        `Then this is not ${this.name}, or not from the browser that you think. Say nothing here that a stranger should not hear.`);
  }
}

function digits(testid: string): HTMLElement {
  return h('div', {class: 'digits', testid});
}
