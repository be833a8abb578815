// The group of a call as the page knows it: who is in it, what they say and how they stand. It
// listens to a group, keeps what the views draw, and says what a screen reader should. Everything in it is
// the group's word, never the bridge's.

import type {GroupEventDetails, GroupState, JoinPolicy, Marks} from '@sotto/e2ee';
import {Emitter} from '../emitter.js';
import type {CodeComparison, FollowedGroup, JoinRequest, Member, Reaction, RoomEnd, RoomSettings} from './followed_group.js';
import {Chat} from './group_chat.js';
import {cleanReaction} from './chat_text.js';
import {cleanName} from './room_model.js';

export type {CodeComparison, JoinRequest, Member, Reaction, RoomEnd} from './followed_group.js';

interface Events {
  change: undefined;
  /** For screen readers. */
  announce: string;
  /** The new one; whoever has only the old one stays outside. */
  linkChanged: string;
  reaction: Reaction;
  ended: RoomEnd;
}

export interface GroupRoomOptions {
  /** Behind the # of the address that one came by. */
  link: string;
  marks?: Partial<Marks>;
  now?: () => number;
}

const MAX_REACTIONS = 30;
const MAX_REQUESTS = 200;

export class GroupRoom extends Emitter<Events> {
  state: GroupState = 'new';
  /** By id, in the order of the group. */
  readonly members = new Map<string, Member>();
  /** Names of those whose removal has been asked for and is not confirmed. */
  removals: string[] = [];
  /** One has kicked somebody, and the link has not changed yet. */
  kicking = false;
  readonly chat: Chat;
  reactions: Reaction[] = [];
  /** Ids, first who raised a hand first. */
  hands: string[] = [];
  readonly requests = new Map<string, JoinRequest>();
  /** null: not in yet. */
  settings: RoomSettings | null = null;
  /** Who switched encryption while one was here, and when; the last time. */
  switched: {by: string; on: boolean; at: number} | null = null;
  code: CodeComparison | null = null;
  /** One has asked for a code that has not come yet. */
  codeAsked = false;
  link: string;
  /** The link is another one than when this page was opened. */
  linkIsNew = false;
  heardByOthers = true;
  /** Why nobody lets one in, as somebody in the room says. */
  answered: GroupEventDetails['answered']['answer'] = 'none';
  /** One was locked out, and nobody opened again: said until a person has seen it. */
  notLetBack = false;
  /** Others have a call of their own in this room, as the server has it; `dismissed`: a person has read it. */
  apart: {stays: boolean; dismissed: boolean} | null = null;
  /** By id, whose messages are held back, as they say themselves: how many. */
  readonly heldBack = new Map<string, {name: string; missing: number}>();
  ended: RoomEnd | null = null;
  /** The last thing that was refused or failed, as the group calls it. */
  trouble: {code: string; at: number} | null = null;
  marks: Marks;

  private readonly now: () => number;
  private reactionsSeen = 0;
  private afterKick: (() => void) | null = null;
  /** Identities that have been announced, or were there first; null until one is in. */
  private met: Set<string> | null = null;

  constructor(private readonly group: FollowedGroup, {link, marks, now = Date.now}: GroupRoomOptions) {
    super();
    this.now = now;
    this.link = link;
    this.marks = {publishes: true, microphoneMuted: false, cameraOff: false, handRaised: false, ...marks};
    this.chat = new Chat(now);
    this.listen(group);
  }

  get self(): Member | null {
    return this.everybody().find((member) => member.self) ?? null;
  }

  get others(): Member[] {
    return this.everybody().filter((member) => !member.self);
  }

  get handRaised(): boolean {
    return this.marks.handRaised;
  }

  everybody(): Member[] {
    return [...this.members.values()];
  }

  // ---- what a person wants; false: it could not be done, and `trouble` says why

  async say(text: string): Promise<boolean> {
    const line = this.chat.writing(text, this.self?.name ?? '');
    if (!line) return false;
    this.change();
    const number = await this.tried(this.group.say(line.text));
    this.chat.sent(line, number);
    this.change();
    return number !== null;
  }

  async react(text: string): Promise<boolean> {
    if (await this.tried(this.group.react(text)) === null) return false;
    this.noteReaction(this.self?.id ?? '', text);
    this.change();
    return true;
  }

  raiseHand(up: boolean): Promise<boolean> {
    return this.setMarks({handRaised: up});
  }

  /** Those that are not named stay. */
  setMarks(marks: Partial<Marks>): Promise<boolean> {
    const changed = Object.entries(marks).some(([name, on]) => this.marks[name as keyof Marks] !== on);
    if (!changed) return Promise.resolve(true);
    this.marks = {...this.marks, ...marks};
    this.change();
    return this.done(this.group.setMarks(this.marks));
  }

  /** Moderators. The link changes with it. */
  async kick(member: Member): Promise<boolean> {
    this.kicking = true;
    const asked = await this.about(member, (id) => this.group.kick(id, {identity: member.identity}));
    if (!asked) this.endKick();
    return asked;
  }

  admit(endpoint: string): Promise<boolean> {
    return this.answer(endpoint, this.group.admit(endpoint));
  }

  turnAway(endpoint: string): Promise<boolean> {
    return this.answer(endpoint, this.group.turnAway(endpoint));
  }

  startCode(): Promise<boolean> {
    this.code = null;
    this.codeAsked = true;
    this.change();
    return this.done(this.group.startCode());
  }

  /** All who took part are verified. `code`: what the person has read. */
  async confirmCode(code: CodeComparison): Promise<boolean> {
    if (!await this.done(this.group.confirmCode(code.code))) return false;
    code.same = true;
    this.change();
    return true;
  }

  /** They do not see the same: somebody is in between, or in the wrong group. */
  denyCode(): void {
    if (!this.code) return;
    this.code.same = false;
    this.change();
  }

  /** Six groups of five digits; null for who is not here any more. */
  fingerprint(member: Member): Promise<string | null> {
    return this.isHere(member) ? this.tried(this.group.fingerprint(member.id)) : Promise.resolve(null);
  }

  confirmFingerprint(member: Member): Promise<boolean> {
    return this.about(member, (id) => this.group.confirmFingerprint(id, member.identity));
  }

  acceptChange(member: Member): Promise<boolean> {
    return this.about(member, (id) => this.group.acceptChange(id, member.identity));
  }

  setJoinPolicy(policy: JoinPolicy): Promise<boolean> {
    return this.done(this.group.setJoinPolicy(policy));
  }

  /** Moderators, for everybody; true: it is asked for, and settings say when it is so. */
  setMediaEncrypted(on: boolean): Promise<boolean> {
    return this.done(this.group.setMediaEncrypted(on));
  }

  /** Moderators: encryption cannot be switched off any more. */
  makePermanent(): Promise<boolean> {
    return this.done(this.group.makePermanent());
  }

  makeModerator(member: Member): Promise<boolean> {
    return this.about(member, (id) => this.group.makeModerator(id, {identity: member.identity}));
  }

  /** With a kick on its way not before that has come to an end: the group commits it first. */
  async leave(): Promise<boolean> {
    const asked = await this.done(this.group.leave());
    if (asked && this.kicking && !this.ended) await new Promise<void>((resolve) => { this.afterKick = resolve; });
    return asked;
  }

  /** A person has seen it. */
  dismissTrouble(): void {
    this.trouble = null;
    this.change();
  }

  dismissSwitch(): void {
    this.switched = null;
    this.change();
  }

  dismissNotLetBack(): void {
    this.notLetBack = false;
    this.change();
  }

  dismissNewLink(): void {
    this.linkIsNew = false;
    this.change();
  }

  dismissApart(): void {
    if (this.apart) this.apart.dismissed = true;
    this.change();
  }

  // ---- what the group tells

  private listen(group: FollowedGroup): void {
    const on = <T extends keyof GroupEventDetails>(type: T, take: (detail: GroupEventDetails[T]) => void) => {
      group.addEventListener(type, (event) => {
        take((event as CustomEvent<GroupEventDetails[T]>).detail);
        this.change();
      });
    };
    on('stateChanged', ({state}) => this.enter(state));
    on('memberChanged', (member) => this.put(member));
    on('memberGone', (gone) => this.remove(gone));
    on('removalsPending', ({names}) => this.takeRemovals(names));
    on('chat', (message) => this.hear(message));
    on('chatDelivered', ({number}) => this.chat.delivered(number));
    on('reaction', ({id, reaction}) => this.noteReaction(id, reaction));
    on('linkChanged', ({fragment}) => this.takeLink(fragment));
    on('roomChanged', (settings) => this.takeSettings(settings));
    on('joinRequested', (request) => this.takeRequest(request));
    on('joinWithdrawn', ({endpoint}) => this.requests.delete(endpoint));
    on('codeShown', (shown) => this.showCode(shown));
    on('heardByOthers', ({heard}) => this.takeHeard(heard));
    on('answered', ({answer}) => this.takeAnswer(answer));
    on('othersApart', ({apart, stays}) => this.takeApart(apart, stays));
    on('chatHeldBack', (held) => this.takeHeldBack(held));
    on('trouble', ({code}) => this.note(code));
    on('ended', ({reason}) => this.end(reason));
    on('failed', () => this.end('failed'));
    if (group.state !== 'new') this.enter(group.state);
  }

  private enter(state: GroupState): void {
    const before = this.state;
    this.state = state;
    if (state === 'in' && before !== 'in') void this.refresh();
    if (state === 'rejoining') this.notLetBack = false;
    if (state === 'rejoining' && before === 'in') this.announce('You have dropped out of the room and are coming back.');
  }

  /** Those whom the group does not list have gone unseen. */
  private async refresh(): Promise<void> {
    const listed = await this.group.members().catch(() => null);
    if (!listed) return;
    const ids = new Set(listed.map(({id}) => id));
    for (const id of [...this.members.keys()]) if (!ids.has(id)) this.forget(id);
    for (const member of listed) this.put(member);
    this.met ??= new Set(listed.map(({identity}) => identity));
    this.change();
  }

  private put(found: Member): void {
    const member: Member = {...found, name: cleanName(found.name) ?? 'Guest'};
    const before = this.members.get(member.id);
    this.members.set(member.id, member);
    if (before?.marks.handRaised !== member.marks.handRaised) this.takeHand(member);
    if (member.self || !this.met || this.met.has(member.identity)) return;
    this.met.add(member.identity);
    this.announce(member.standing === 'changed' ?
        `Somebody called ${member.name} is here, and is not the one who had this name before.` : `${member.name} is here.`);
  }

  private takeHand({id, name, self, marks}: Member): void {
    this.hands = this.hands.filter((other) => other !== id);
    if (!marks.handRaised) return;
    this.hands.push(id);
    if (!self && this.met) this.announce(`${name} raises a hand.`);
  }

  private remove({id, reason, by}: GroupEventDetails['memberGone']): void {
    const {name, identity} = this.members.get(id) ?? {};
    const who = this.members.get(by)?.self ? 'You' : this.members.get(by)?.name ?? 'Somebody';
    this.forget(id);
    if (name === undefined || identity === undefined || reason === 'rejoined') return;
    this.met?.delete(identity);
    this.announce(reason === 'left' ? `${name} left.` : reason === 'removed' ?
        `${name} was removed by ${who === 'You' ? 'you' : who}: not heard any more.` : `${who} removed ${name}.`);
  }

  private forget(id: string): void {
    this.members.delete(id);
    this.heldBack.delete(id);
    this.hands = this.hands.filter((other) => other !== id);
  }

  private takeRemovals(names: string[]): void {
    this.removals = names.map((name) => cleanName(name) ?? 'Guest');
  }

  private hear(message: GroupEventDetails['chat']): void {
    const member = this.members.get(message.id);
    const line = this.chat.heard({...message, name: cleanName(message.name) ?? 'Guest', doubtful: member?.standing === 'changed'});
    if (line) this.announce(`${line.name} writes: ${line.text.slice(0, 200)}`);
  }

  private noteReaction(memberId: string, text: string): void {
    const clean = cleanReaction(text);
    const member = this.members.get(memberId);
    if (clean === '' || !member) return;
    const reaction = {id: this.reactionsSeen++, memberId, name: member.name, text: clean, at: this.now()};
    this.reactions = [...this.reactions, reaction].slice(-MAX_REACTIONS);
    this.emit('reaction', reaction);
  }

  /** It is told whenever one enters a group, and then it may be the same. */
  private takeLink(fragment: string): void {
    if (fragment === this.link) {
      this.chat.startedAnew();
      this.heldBack.clear();
      void this.refresh();
      return;
    }
    this.link = fragment;
    this.linkIsNew = true;
    this.endKick();
    this.announce('The link has changed. The old one no longer works.');
    this.emit('linkChanged', fragment);
  }

  private takeSettings(settings: RoomSettings): void {
    const before = this.settings;
    const wasModerator = before?.moderator;
    this.settings = settings;
    this.noteSwitch(before, settings);
    if (wasModerator === false && settings.moderator) this.announce('You are a moderator now.');
    if (!settings.moderator) this.requests.clear();
  }

  private noteSwitch(before: RoomSettings | null, {mediaEncrypted: on, by}: RoomSettings): void {
    if (before?.mediaEncrypted === on || (!before && on)) return;
    const member = this.members.get(by ?? '');
    const who = member?.self ? 'You' : member?.name ?? 'A moderator';
    if (before) this.switched = {by: who, on, at: this.now()};
    const doing = `${who} switched encryption ${on ? 'on again' : 'off'}`;
    this.announce(on ? `${doing}.` : before ? `${doing}: the server can hear and see this call from now on.` :
        'Encryption is off in this room: the server can hear and see this call.');
  }

  private takeRequest({endpoint, name, standing}: GroupEventDetails['joinRequested']): void {
    if (!this.requests.has(endpoint) && this.requests.size >= MAX_REQUESTS) return;
    const clean = cleanName(name) ?? 'Guest';
    this.requests.set(endpoint, {endpoint, name: clean, standing});
    this.announce(`${clean} asks to be let in.`);
  }

  private showCode({code, symbols, participants}: GroupEventDetails['codeShown']): void {
    const people = participants.flatMap((id) => {
      const member = this.members.get(id);
      return member ? [{id, name: member.name, self: member.self}] : [];
    });
    this.code = {code, symbols, participants: people, same: null};
    this.codeAsked = false;
    this.announce(`There is a code to compare: ${symbols.map(({word}) => word).join(', ')}.`);
  }

  private takeHeard(heard: boolean): void {
    this.heardByOthers = heard;
    this.announce(heard ? 'The others hear you again.' : 'Nobody hears you at the moment. Nothing is being sent.');
  }

  private takeAnswer(answer: GroupEventDetails['answered']['answer']): void {
    this.answered = answer;
    if (answer !== 'none') this.announce(answer === 'asked' ? 'A moderator has been asked to let you in.' : 'This room is locked. Nobody new is let in.');
  }

  private takeApart(apart: boolean, stays: boolean): void {
    this.apart = apart ? {stays, dismissed: false} : null;
    if (apart) this.announce('Others with this link are in a separate call.');
  }

  private takeHeldBack({id, name, missing}: GroupEventDetails['chatHeldBack']): void {
    const before = this.heldBack.get(id);
    this.heldBack.delete(id);
    if (missing === 0) return;
    const held = {name: cleanName(name) ?? 'Guest', missing};
    this.heldBack.set(id, held);
    if (!before) this.announce(`${held.name} has written something that has not come.`);
  }

  private end(reason: RoomEnd): void {
    if (this.ended) return;
    this.ended = reason;
    this.state = 'over';
    this.endKick();
    this.emit('ended', reason);
  }

  private note(code: string): void {
    if (code === 'not-let-back') return this.noteNotLetBack();
    this.trouble = {code, at: this.now()};
    if (code === 'commit-failed' || code === 'not-moderator') this.endKick();
    if (code === 'code-spoilt') this.codeAsked = false;
  }

  private endKick(): void {
    this.kicking = false;
    this.afterKick?.();
  }

  private noteNotLetBack(): void {
    this.notLetBack = true;
    this.announce('Nobody has let you back in. You are alone here.');
  }

  private async answer(endpoint: string, wish: Promise<void>): Promise<boolean> {
    if (!await this.done(wish)) return false;
    this.requests.delete(endpoint);
    this.change();
    return true;
  }

  /** Ids are places in the group, and somebody else may have taken this one since a person looked. */
  isHere({id, identity}: Member): boolean {
    return this.members.get(id)?.identity === identity;
  }

  private about(member: Member, wish: (id: string) => Promise<void>): Promise<boolean> {
    if (this.isHere(member)) return this.done(wish(member.id));
    this.note('not-now');
    this.change();
    return Promise.resolve(false);
  }

  private async done(wish: Promise<void>): Promise<boolean> {
    return await this.tried(wish.then(() => true)) ?? false;
  }

  private async tried<T>(wish: Promise<T>): Promise<T | null> {
    try {
      return await wish;
    } catch (error) {
      this.note((error as {code?: string}).code ?? 'failed');
      this.change();
      return null;
    }
  }

  private announce(text: string): void {
    this.emit('announce', text);
  }

  private change(): void {
    this.emit('change', undefined);
  }
}
