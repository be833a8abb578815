// What the page and the group's worker say to each other.
import type { E2eeErrorCode } from '../errors.js';
import type { IncomingMessage, OutgoingMessage } from './transport.js';
import type { GroupEvent, GroupMember, JoinPolicy } from './types.js';

/** The numbers of group_exports.cc. */
export const enum Wish {
  SAY = 1,
  REACT = 2,
  DIRECT_CALL = 3,
  MARKS = 4,
  LEAVE = 5,
  UPDATE = 6,
  KICK = 7,
  BAN = 8,
  JOIN_POLICY = 9,
  ENCRYPT_MEDIA = 10,
  MAKE_PERMANENT = 11,
  MAKE_MODERATOR = 12,
  ADMIT = 13,
  TURN_AWAY = 14,
  START_CODE = 15,
  CONFIRM_CODE = 16,
  CONFIRM_FINGERPRINT = 17,
  ACCEPT_CHANGE = 18,
}

export interface GroupStart {
  room: string;
  /** Behind the # of the room's address. */
  fragment: Uint8Array<ArrayBuffer>;
  name: string;
  endpoint: Uint8Array<ArrayBuffer>;
  identity: 'kept' | 'new';
  publishes: boolean;
  joinPolicy: JoinPolicy;
  mediaEncrypted: boolean;
  permanent: boolean;
}

export type GroupRequest =
  | { type: 'wish'; wish: Wish; argument: number; bytes?: Uint8Array<ArrayBuffer> }
  | { type: 'members' }
  | { type: 'fingerprint'; leaf: number }
  | { type: 'agreement' }
  | { type: 'epoch' };

export type ToGroupWorker =
  /** Always the first message. */
  | { type: 'create'; start: GroupStart }
  | { type: 'follow'; others: number }
  | { type: 'message'; message: IncomingMessage }
  | { type: 'left'; endpoint: string }
  | { type: 'reconnected'; same: boolean; endpoint: string | null }
  /** Leads to the worker of the frames. */
  | { type: 'frames'; port: MessagePort }
  | { type: 'request'; request: number; body: GroupRequest };

export type FromGroupWorker =
  | { type: 'created' }
  | { type: 'send'; message: OutgoingMessage }
  | { type: 'event'; event: GroupEvent }
  | { type: 'reply'; request: number; value: number | string | GroupMember[] | null }
  | { type: 'refusal'; request: number; code: E2eeErrorCode; message: string }
  | { type: 'failed'; code: E2eeErrorCode; message: string };
