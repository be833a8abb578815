// What a call needs of its keys, whichever they are: a group's (the default), or those of the room's
// link alone. They say who is on the page, carry what one says of oneself, and outlive a connection.

import type {E2ee, GroupMember, GroupState, MemberState} from '@sotto/e2ee';
import type {SignalingClient} from '../../signaling/client.js';
import type {Joined, RoomEvent} from '../../signaling/protocol.js';
import type {GroupRoom, RoomEnd} from '../group_room.js';
import type {RoomModel} from '../room_model.js';

/** What the others are shown of oneself. */
export interface Self extends MemberState {
  /** Has a microphone, a camera or a screen to send, though it may be off. */
  publishes: boolean;
}

/**
 * Whether the keys let us take part. 'joining': they are being asked for; 'asked': a moderator decides, and has
 * been asked; 'locked': nobody new is let in; 'unanswered': for long, nobody has said anything; 'rejoining': we
 * were in, and have to come back.
 */
export type Admission = 'in' | 'joining' | 'asked' | 'locked' | 'unanswered' | 'rejoining';

export interface Standing {
  admission: Admission;
  /** False: for a while nobody has heard us, and nothing is sent. */
  heard: boolean;
  /** False: the room's moderators have switched encryption off. */
  encrypted: boolean;
}

export interface KeysListener {
  change(): void;
  /** For screen readers. */
  announce(text: string): void;
  /** Who sits where means somebody else now. */
  reseated(): void;
  /** What stands behind the # of the room's address from now on. */
  linkChanged(fragment: string): void;
  ended(reason: RoomEnd): void;
}

/** Keys during one connection to the bridge. */
export interface SessionKeys {
  readonly e2ee: E2ee;
  readonly model: RoomModel;
  /** Before the line is used, once. */
  attach(line: SignalingClient, endpoint: string): void;
  /** Ahead of the click: what join() will need. */
  prepare(self: Self): void;
  /** At the click on "Join": what the bridge is to pass on to the others, sealed; null: nothing. */
  join(self: Self): Promise<string | null>;
  /** What one says of oneself has changed, or may have. */
  tell(self: Self): Promise<void>;
  /** What the bridge says of who is connected, for the model. */
  joined(joined: Joined): void;
  event(event: RoomEvent): void;
  standing(): Standing;
  close(): void;
}

export interface GroupFigures {
  state: GroupState;
  epoch: number | null;
  agreement: string | null;
  members: GroupMember[];
}

export interface RoomKeys {
  readonly mode: 'group' | 'link';
  /** null: there is no group, or not yet. */
  readonly room: GroupRoom | null;
  /** Of the group, for tests: equal `agreement`s are one group, epoch and history. */
  state(): Promise<GroupFigures | null>;
  /** For the first connection, ahead of the click, and for any that takes its place. */
  open(): Promise<SessionKeys>;
  /** Says good-bye to the others as far as that goes. */
  leave(): Promise<void>;
  /** The call is over. */
  close(): void;
}
