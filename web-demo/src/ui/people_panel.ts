// Who is in the room: the members of the group, as their keys say, whatever the server lists.

import type {JoinPolicy} from '@sotto/e2ee';
import type {GroupRoom, JoinRequest, Member} from '../call/group_room.js';
import {lookAlikes} from '../call/name_likeness.js';
import {h, setData, setText} from './dom.js';
import {icon} from './icons.js';
import {listed} from './group_notices.js';
import {MemberRow} from './member_row.js';
import {JOIN_POLICY_WORDS, standingWords} from './member_words.js';
import type {PanelContent} from './panel.js';

const SETTLE_MS = 600;
/** So many rows at a time: hundreds make a page slow, and nobody reads them. */
const PAGE = 50;
const POLICIES: JoinPolicy[] = ['open', 'knock', 'locked'];

export class PeoplePanel implements PanelContent {
  readonly testid = 'people-panel';
  readonly title = 'People';
  private readonly removals = h('p', {class: 'note warn', testid: 'removals', role: 'status'});
  private readonly waitingTitle = h('h3', {text: 'Waiting to be let in'});
  private readonly waiting = h('ul', {class: 'people-list', testid: 'waiting-list', 'aria-label': 'Waiting to be let in'});
  private readonly list = h('ul', {class: 'people-list', testid: 'member-list', 'aria-label': 'In the room'});
  private readonly search = h('input', {class: 'people-search', type: 'search', testid: 'people-search', placeholder: 'Find somebody',
                                        'aria-label': 'Find somebody', autocomplete: 'off', oninput: () => this.update()});
  private readonly nobody = h('p', {class: 'faint', text: 'Nobody of that name is here.'});
  private readonly rest = h('button', {class: 'button small', type: 'button', testid: 'people-rest', onclick: () => this.showMore()});
  private readonly policy = h('select', {testid: 'join-policy', onchange: () => void this.choose(this.policy.value as JoinPolicy)},
      ...POLICIES.map((value) => h('option', {value, text: JOIN_POLICY_WORDS[value]})));
  private readonly policyField = h('label', {class: 'field'}, h('span', {class: 'field-name', text: 'Who can join'}), this.policy);
  private readonly policyText = h('p', {class: 'faint', testid: 'join-policy-text'});
  readonly element = h('div', {class: 'people'}, this.removals, this.waitingTitle, this.waiting, this.search, this.list, this.nobody,
      this.rest, this.policyField, this.policyText,
      h('p', {class: 'faint', text: 'This list comes from the keys of the call. The server can neither add anybody to it nor hide anybody.'}));
  private readonly rows = new Map<string, MemberRow>();
  private readonly requestRows = new Map<string, HTMLElement>();
  private isOpen = false;
  private most = PAGE;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private choosing: JoinPolicy | null = null;

  constructor(private readonly room: GroupRoom, private readonly compare: (member: Member) => void) {}

  onOpen(): void {
    this.isOpen = true;
    this.update();
  }

  onClose(): void {
    this.isOpen = false;
    for (const row of this.rows.values()) row.open(false);
    this.most = PAGE;
    this.search.value = '';
  }

  update(): void {
    if (!this.isOpen) return;
    this.drawRemovals();
    this.drawRequests();
    this.drawMembers();
    this.drawPolicy();
  }

  private drawRemovals(): void {
    const {removals} = this.room;
    this.removals.hidden = removals.length === 0;
    setText(this.removals, removals.length === 0 ? '' : `Being removed: ${listed(removals)}. Until that is confirmed, they may still hear you.`);
  }

  private drawRequests(): void {
    const {requests} = this.room;
    this.waiting.hidden = this.waitingTitle.hidden = requests.size === 0;
    for (const [endpoint, row] of this.requestRows) {
      if (requests.has(endpoint)) continue;
      row.remove();
      this.requestRows.delete(endpoint);
      this.settle();
    }
    for (const request of requests.values()) {
      if (this.requestRows.has(request.endpoint)) continue;
      const row = this.requestRow(request);
      this.requestRows.set(request.endpoint, row);
      this.waiting.append(row);
    }
  }

  /** The rows have moved: a click that is on its way was meant for another one. */
  private settle(): void {
    this.waiting.inert = true;
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.waiting.inert = false, SETTLE_MS);
  }

  private requestRow({endpoint, name, standing}: JoinRequest): HTMLElement {
    const words = standingWords(standing);
    return h('li', {class: 'person', testid: 'waiting', 'data-name': name},
        h('div', {class: 'person-text'},
            h('div', {class: 'person-line'}, h('span', {class: 'person-name', text: name})),
            h('p', {class: 'person-status', 'data-tone': words.tone, text: words.text})),
        h('div', {class: 'row'},
            h('button', {class: 'button small', type: 'button', testid: 'turn-away', 'aria-label': `Turn ${name} away`, text: 'Turn away',
                         onclick: () => void this.room.turnAway(endpoint)}),
            h('button', {class: 'button small primary', type: 'button', testid: 'admit', 'aria-label': `Admit ${name}`, text: 'Admit',
                         onclick: () => void this.room.admit(endpoint)})));
  }

  private drawMembers(): void {
    const {room} = this;
    const everybody = inOrder(room);
    const alike = lookAlikes(everybody.map(({name}) => name));
    const wanted = this.search.value.trim().toLocaleLowerCase();
    const found = wanted === '' ? everybody : everybody.filter(({name}) => name.toLocaleLowerCase().includes(wanted));
    const members = found.slice(0, this.most);
    const shown = new Set(members.map(({id}) => id));
    this.search.hidden = everybody.length <= PAGE;
    this.nobody.hidden = found.length > 0;
    this.rest.hidden = found.length === members.length;
    setText(this.rest, `Show more (${found.length - members.length} are not listed yet)`);
    for (const [id, row] of this.rows) {
      if (shown.has(id)) continue;
      row.element.remove();
      this.rows.delete(id);
    }
    const focused = document.activeElement;
    members.forEach((member, index) => {
      let row = this.rows.get(member.id);
      if (!row) this.rows.set(member.id, row = new MemberRow(room, this.compare));
      row.update(member, {
        moderator: room.settings?.moderator ?? false, sameName: alike.has(member.name),
        handPlace: room.hands.indexOf(member.id) + 1,
      });
      if (this.list.children[index] !== row.element) this.list.insertBefore(row.element, this.list.children[index] ?? null);
    });
    // An element that was moved has lost the focus.
    if (focused instanceof HTMLElement && focused !== document.activeElement && this.list.contains(focused)) focused.focus({preventScroll: true});
  }

  private showMore(): void {
    this.most += PAGE;
    this.update();
  }

  private drawPolicy(): void {
    const {settings} = this.room;
    this.policyField.hidden = !settings?.moderator;
    this.policyText.hidden = settings === null || settings.moderator;
    if (!settings) return;
    if (settings.joinPolicy === this.choosing || this.room.trouble) this.choosing = null;
    this.policy.value = this.choosing ?? settings.joinPolicy;
    setData(this.policyField, 'waiting', String(this.choosing !== null));
    setText(this.policyText, `Who can join: ${JOIN_POLICY_WORDS[settings.joinPolicy].toLowerCase()}. A moderator can change that.`);
  }

  private async choose(policy: JoinPolicy): Promise<void> {
    this.choosing = policy;
    this.room.dismissTrouble();
    if (!await this.room.setJoinPolicy(policy)) this.choosing = null;
    this.update();
  }
}

/** Oneself, raised hands as they were raised, and everybody else as the group lists them. */
function inOrder(room: GroupRoom): Member[] {
  const place = ({id, self}: Member) => self ? -1 : room.hands.includes(id) ? room.hands.indexOf(id) : Infinity;
  return room.everybody().map((member, index) => ({member, place: place(member), index}))
      .sort((a, b) => a.place === b.place ? a.index - b.index : a.place - b.place).map(({member}) => member);
}

/** The button above the call: how many are here, and whether somebody wants something. */
export function peopleButton(onclick: () => void): {element: HTMLButtonElement; update: (count: number, waiting: number, warn: boolean) => void} {
  const count = h('span', {class: 'people-number', testid: 'people-count'});
  const badge = h('span', {class: 'badge', testid: 'people-badge', 'aria-hidden': 'true'});
  const element = h('button', {class: 'head-button people-button', type: 'button', testid: 'people-button', 'aria-keyshortcuts': 'p', onclick},
      icon('people'), count, badge);
  return {
    element,
    update(people, waiting, warn) {
      setText(count, String(people));
      badge.hidden = waiting === 0 && !warn;
      setText(badge, waiting > 0 ? String(waiting) : '!');
      const parts = [people === 1 ? 'Only you are here' : `${people} people`, ...waiting > 0 ? [`${waiting} waiting to be let in`] : [],
        ...warn ? ['something to look at'] : []];
      element.setAttribute('aria-label', `${parts.join(', ')}. Show people.`);
      element.title = 'People (P)';
    },
  };
}
