// Whether sound and pictures are encrypted is the room's moderators' to say, for everybody. Off is asked
// about twice, and says what it means; on is not.

import type {GroupRoom} from '../call/group_room.js';
import {h, setText} from './dom.js';
import {listed} from './group_notices.js';

type Question = 'off' | 'permanent';

const QUESTIONS: Record<Question, {text: string; no: string; yes: string}> = {
  off: {
    text: 'From then on the server can hear and see this call, for everybody in it, and could record it. Everybody is told that it was you. ' +
        'What you write to each other stays encrypted.',
    no: 'Keep it on', yes: 'Switch it off for everybody',
  },
  permanent: {
    text: 'Nobody can switch encryption off in this room any more, you neither: not even by mistake, or under pressure. This cannot be taken back.',
    no: 'Leave it as it is', yes: 'Keep it on for good',
  },
};

export class EncryptionSwitch {
  private readonly text = h('p', {testid: 'encryption-text'});
  private readonly on = h('button', {class: 'button wide primary', type: 'button', testid: 'encryption-on', text: 'Switch encryption on',
                                     onclick: () => void this.choose(() => this.room.setMediaEncrypted(true))});
  private readonly off = this.opener('off', 'Switch encryption off…');
  private readonly permanent = this.opener('permanent', 'Keep it on for good…');
  private readonly question = h('p', {testid: 'encryption-question'});
  private readonly no = h('button', {class: 'button', type: 'button', testid: 'encryption-no', onclick: () => this.ask(null)});
  private readonly yes = h('button', {class: 'button danger', type: 'button', testid: 'encryption-yes', onclick: () => void this.answer()});
  private readonly asked = h('div', {class: 'encryption-asked'}, this.question, h('div', {class: 'answers'}, this.no, this.yes));
  readonly element = h('section', {class: 'encryption-switch', testid: 'encryption-switch'},
      h('h3', {text: 'Encryption of sound and pictures'}), this.text, this.on, this.off, this.permanent, this.asked);
  private asking: Question | null = null;
  /** What was chosen takes a moment to be everybody's. */
  private busy = false;

  constructor(private readonly room: GroupRoom) {}

  update(): void {
    const {settings} = this.room;
    this.element.hidden = settings === null;
    if (!settings) return;
    const {moderator, mediaEncrypted, permanent} = settings;
    const isOpen = moderator && mediaEncrypted && !permanent;
    if (!isOpen) this.asking = null;
    this.asked.hidden = this.asking === null;
    this.off.hidden = this.permanent.hidden = !isOpen || this.asking !== null;
    this.on.hidden = !moderator || mediaEncrypted;
    this.on.disabled = this.off.disabled = this.permanent.disabled = this.yes.disabled = this.busy;
    setText(this.text, this.words());
    if (this.asking === null) return;
    const {text, no, yes} = QUESTIONS[this.asking];
    setText(this.question, text);
    setText(this.no, no);
    setText(this.yes, yes);
  }

  close(): void {
    this.asking = null;
  }

  private words(): string {
    const {moderator, mediaEncrypted, permanent} = this.room.settings!;
    if (permanent) return 'On, for good: nobody can switch it off in this room.';
    if (moderator) return mediaEncrypted ? 'On, for everybody. As a moderator you can switch it off.' : 'Off, for everybody: the server can hear and see this call.';
    const who = listed(this.room.everybody().filter((member) => member.moderator).map(({name}) => name));
    if (mediaEncrypted) return `On, for everybody. Only a moderator could switch it off (${who || 'nobody at the moment'}), and you would be told at once.`;
    return `Off, for everybody: the server can hear and see this call. Only a moderator can switch it on again (${who || 'nobody at the moment'}).`;
  }

  private opener(question: Question, text: string): HTMLButtonElement {
    return h('button', {class: 'button wide', type: 'button', testid: `encryption-${question}`, text, onclick: () => this.ask(question)});
  }

  private ask(question: Question | null): void {
    const opener = this.asking === 'permanent' ? this.permanent : this.off;
    this.asking = question;
    this.update();
    (question === null ? opener : this.no).focus({preventScroll: true});
  }

  private answer(): Promise<void> {
    const {room} = this;
    return this.asking === 'permanent' ? this.choose(() => room.makePermanent()) : this.choose(() => room.setMediaEncrypted(false));
  }

  private async choose(wish: () => Promise<boolean>): Promise<void> {
    this.busy = true;
    this.update();
    await wish();
    this.busy = false;
    this.asking = null;
    this.update();
  }
}
