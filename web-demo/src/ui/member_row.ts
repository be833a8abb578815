// One member in the list of people: who it is, how it stands, and what one may do about it. The
// element lives as long as the member, so that an open menu and the focus stay where they are.

import type {GroupRoom, Member} from '../call/group_room.js';
import {nameOfOther} from '../call/name_likeness.js';
import {avatarColor, initials} from './avatar.js';
import {h, setAttribute, setData, setText} from './dom.js';
import {icon, setIcon} from './icons.js';
import type {IconName} from './icons.js';
import {reachabilityWords, standingWords} from './member_words.js';

export interface RowContext {
  moderator: boolean;
  /** Somebody else here has this name, too. */
  sameName: boolean;
  /** 1: raised a hand first; 0: has not. */
  handPlace: number;
}

type Confirmation = 'remove' | 'make-moderator';

export class MemberRow {
  private readonly avatar = h('div', {class: 'avatar', 'aria-hidden': 'true'});
  private readonly name = h('span', {class: 'person-name', testid: 'member-name'});
  private readonly tags = h('span', {class: 'tags'});
  private readonly status = h('p', {class: 'person-status', testid: 'member-status'});
  private readonly warnings = h('div', {class: 'person-warnings'});
  private readonly marks = h('span', {class: 'person-marks'});
  private readonly toggle = h('button', {class: 'icon-button', type: 'button', testid: 'member-menu', 'aria-expanded': 'false',
                                         onclick: () => this.open(!this.isOpen)}, icon('more'));
  private readonly menu = h('div', {class: 'person-menu'});
  readonly element = h('li', {class: 'person', testid: 'member'}, this.avatar,
      h('div', {class: 'person-text'}, h('div', {class: 'person-line'}, this.name, this.tags), this.status),
      this.marks, this.toggle, this.warnings, this.menu);
  private member: Member | null = null;
  private context: RowContext | null = null;
  private isOpen = false;
  private asking: Confirmation | null = null;
  private drawnMenu = '';

  constructor(private readonly room: GroupRoom, private readonly compare: (member: Member) => void) {}

  update(member: Member, context: RowContext): void {
    // Somebody else has taken the place: what was asked about the one before is not asked about this one.
    if (this.member && this.member.identity !== member.identity) this.open(false);
    this.member = member;
    this.context = context;
    const {element} = this;
    setData(element, 'name', member.name);
    setData(element, 'standing', member.self ? 'self' : member.standing);
    setData(element, 'reachability', member.reachability);
    setText(this.avatar, initials(member.name));
    setData(this.avatar, 'color', String(avatarColor(member.name)));
    setText(this.name, member.self ? member.name : nameOfOther(member.name));
    this.drawTags(member);
    this.drawStatus(member, context);
    this.drawMarks(member, context);
    setAttribute(this.toggle, 'aria-label', `What to do about ${member.name}`);
    this.toggle.hidden = member.self;
    this.drawMenu();
  }

  private drawTags({self, moderator}: Member): void {
    const tags = [...self ? ['You'] : [], ...moderator ? ['Moderator'] : []];
    if (this.tags.dataset['shown'] === tags.join()) return;
    this.tags.dataset['shown'] = tags.join();
    this.tags.replaceChildren(...tags.map((text) => h('span', {class: 'tag', text})));
  }

  private drawStatus(member: Member, {sameName}: RowContext): void {
    const standing = standingWords(member.standing);
    const reach = member.self ? null : reachabilityWords(member.reachability, member.caughtUp);
    const good = standing.tone === 'warn' ? [] : [standing.text];
    setText(this.status, member.self ? '' : good.join(''));
    this.status.hidden = this.status.textContent === '';
    setData(this.status, 'tone', standing.tone);
    const warnings = member.self ? [] : [
      ...reach ? [{kind: 'reachability', title: reach.text, text: reach.meaning}] : [],
      ...standing.tone === 'warn' ? [{kind: 'changed', title: standing.text, text: standing.meaning}] : [],
      ...sameName ? [{kind: 'same-name', title: 'Somebody else here has the same name, or one that looks like it', text: null}] : [],
    ];
    const shown = JSON.stringify(warnings);
    if (this.warnings.dataset['shown'] === shown) return;
    this.warnings.dataset['shown'] = shown;
    this.warnings.replaceChildren(...warnings.map(({kind, title, text}) => h('div', {class: 'person-warning', testid: `member-${kind}`},
        icon('warning'), h('div', {}, h('strong', {text: title}), text && h('p', {text}), kind === 'changed' && this.changeActions()))));
  }

  private changeActions(): HTMLElement {
    return h('div', {class: 'row'},
        button('Compare fingerprints', 'member-compare-now', () => this.compare(this.member!)),
        button('I know why', 'member-accept-change', () => void this.room.acceptChange(this.member!)));
  }

  private drawMarks({marks}: Member, {handPlace}: RowContext): void {
    const shown: {name: IconName; text: string; kind: string}[] = [
      ...marks.handRaised ? [{name: 'hand' as const, text: handPlace > 0 ? `Hand raised, number ${handPlace}` : 'Hand raised', kind: 'hand'}] : [],
      ...marks.cameraOff ? [{name: 'cameraOff' as const, text: 'Camera off', kind: 'camera'}] : [],
      ...marks.microphoneMuted ? [{name: 'microphoneOff' as const, text: 'Muted', kind: 'muted'}] : [],
    ];
    const key = shown.map(({text}) => text).join();
    if (this.marks.dataset['shown'] === key) return;
    this.marks.dataset['shown'] = key;
    this.marks.replaceChildren(...shown.map(({name, text, kind}) =>
      h('span', {class: 'person-mark', testid: `member-${kind}`, role: 'img', 'aria-label': text, title: text}, icon(name),
          kind === 'hand' && handPlace > 0 && h('span', {class: 'hand-place', 'aria-hidden': 'true', text: String(handPlace)}))));
  }

  /** What may be done about this member. */
  open(isOpen: boolean): void {
    this.isOpen = isOpen;
    this.asking = null;
    this.drawMenu();
    if (isOpen) this.menu.querySelector('button')?.focus({preventScroll: true});
  }

  private ask(what: Confirmation | null): void {
    this.asking = what;
    this.drawMenu();
    this.menu.querySelector('button')?.focus({preventScroll: true});
  }

  private drawMenu(): void {
    const {member, context} = this;
    if (!member || !context) return;
    setAttribute(this.toggle, 'aria-expanded', String(this.isOpen));
    setIcon(this.toggle, this.isOpen ? 'close' : 'more');
    this.menu.hidden = !this.isOpen;
    const key = [this.isOpen, this.asking, context.moderator, member.moderator, member.identity, member.name].join();
    if (key === this.drawnMenu) return;
    this.drawnMenu = key;
    this.menu.replaceChildren(...!this.isOpen ? [] : this.asking ? this.question(this.asking, member) : this.actions(member, context));
  }

  private actions(member: Member, context: RowContext): HTMLElement[] {
    return [
      button('Compare fingerprints', 'member-compare', () => this.compare(member)),
      ...context.moderator && !member.moderator ? [button('Make moderator', 'member-make-moderator', () => this.ask('make-moderator'))] : [],
      ...context.moderator ? [button('Remove…', 'member-remove', () => this.ask('remove'))] : [],
    ];
  }

  private question(what: Confirmation, member: Member): HTMLElement[] {
    const {name} = member;
    const text = what === 'remove' ?
        `Remove ${name}? The link changes with it, and the old one lets nobody in any more: whoever is to come later needs the new one.` :
        `Make ${name} a moderator? Moderators let people in, remove them, and make others moderators. It cannot be taken back.`;
    const act = () => {
      this.open(false);
      this.toggle.focus({preventScroll: true});
      void (what === 'remove' ? this.room.kick(member) : this.room.makeModerator(member));
    };
    const yes = button(what === 'remove' ? 'Remove' : 'Make moderator', 'member-confirm', act);
    if (what === 'remove') yes.classList.add('danger');
    return [h('p', {class: 'person-question', role: 'alert', text}), button('Cancel', 'member-cancel', () => this.ask(null)), yes];
  }
}

function button(text: string, testid: string, onclick: () => void): HTMLButtonElement {
  return h('button', {class: 'button small', type: 'button', testid, text, onclick});
}
