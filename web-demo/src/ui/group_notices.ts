// What of the group a person has to know now, the most urgent first. Pure.

import type {GroupRoom} from '../call/group_room.js';
import type {Notice} from './banner.js';
import {NOT_LET_BACK, troubleWords} from './member_words.js';

export interface NoticeActions {
  copyLink: () => void;
  openPeople: () => void;
  openVerification: () => void;
  rejoin: () => void;
}

const TROUBLE_MS = 8000;
const SWITCHED_MS = 8000;

export function groupNotice(room: GroupRoom, actions: NoticeActions, now: number, verificationOpen: boolean): Notice | null {
  if (room.state === 'rejoining') return {kind: 'rejoining', text: 'You have dropped out of the room. Coming back…'};
  if (!room.heardByOthers) return {kind: 'unheard', text: 'Nobody hears you at the moment, so nothing of yours is sent. Checking again…'};
  if (room.settings?.mediaEncrypted === false) return clearNotice(room, actions);
  if (room.notLetBack) return {kind: 'not-let-back', text: NOT_LET_BACK, dismiss: () => room.dismissNotLetBack()};
  if (room.linkIsNew) {
    return {
      kind: 'link-changed', text: 'The link has changed; the old one no longer works. Copy the new one.',
      action: {label: 'Copy new link', run: actions.copyLink}, dismiss: () => room.dismissNewLink(),
    };
  }
  if (room.apart && !room.apart.dismissed) return apartNotice(room, room.apart.stays, actions);
  if (room.requests.size > 0) return requestNotice(room, actions);
  if (room.code?.same === null && !verificationOpen) {
    return {kind: 'code', text: 'There is a code to compare.', action: {label: 'Show it', run: actions.openVerification}};
  }
  if (room.removals.length > 0) {
    return {kind: 'removal', text: `Being removed: ${listed(room.removals)}. Until that is confirmed, they may still hear you.`};
  }
  const {trouble, switched} = room;
  if (switched?.on && now - switched.at < SWITCHED_MS) {
    return {kind: 'secured', text: `${switched.by} switched encryption on again.`, dismiss: () => room.dismissSwitch()};
  }
  const words = trouble && now - trouble.at < TROUBLE_MS ? troubleWords(trouble.code) : null;
  return words ? {kind: 'trouble', text: words, dismiss: () => room.dismissTrouble()} : null;
}

function clearNotice({settings, switched}: GroupRoom, {openVerification}: NoticeActions): Notice {
  const who = switched && !switched.on ? `${switched.by} switched encryption off` : 'Encryption is off in this room';
  const notice: Notice = {kind: 'insecure', text: `${who}: the server can hear and see this call.`};
  return settings?.moderator ? {...notice, action: {label: 'Switch it on', run: openVerification}} : notice;
}

/** Both calls go on until people do something: nobody is moved out of company by what a server says. */
function apartNotice(room: GroupRoom, stays: boolean, {rejoin}: NoticeActions): Notice {
  const text = 'The server shows others with this link in a separate call of this room.';
  const dismiss = () => room.dismissApart();
  if (stays) return {kind: 'apart', text: `${text} They are asked to come over to this one.`, dismiss};
  return {kind: 'apart', text: `${text} Come in again to join them.`, action: {label: 'Rejoin', run: rejoin}, dismiss};
}

function requestNotice(room: GroupRoom, {openPeople}: NoticeActions): Notice {
  const [first] = room.requests.values();
  const text = room.requests.size === 1 ? `${first!.name} asks to be let in.` : `${room.requests.size} people ask to be let in.`;
  return {kind: 'request', text, action: {label: 'Answer', run: openPeople}};
}

const MOST_NAMES = 4;

/** "Ann, Ben and Cem"; of many, the first and how many more. */
export function listed(names: string[]): string {
  if (names.length > MOST_NAMES) return `${names.slice(0, MOST_NAMES - 1).join(', ')} and ${names.length - MOST_NAMES + 1} more`;
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
