// The group that a page follows, and what it keeps of it (group_room.ts).

import type {Group, GroupEventDetails, GroupEvents, GroupMember, Standing} from '@sotto/e2ee';

/** What of a Group is used here. */
export type FollowedGroup =
    Pick<Group, 'state' | 'members' | 'say' | 'react' | 'setMarks' | 'kick' | 'admit' | 'turnAway' | 'startCode' | 'confirmCode' |
                'fingerprint' | 'confirmFingerprint' | 'acceptChange' | 'setJoinPolicy' | 'setMediaEncrypted' | 'makePermanent' |
                'makeModerator' | 'leave'> & {
      addEventListener<T extends keyof GroupEvents & string>(type: T, listener: (event: GroupEvents[T]) => void): void;
    };

export type Member = GroupMember;

export interface Reaction {
  /** For this page. */
  id: number;
  memberId: string;
  name: string;
  text: string;
  at: number;
}

export interface JoinRequest {
  endpoint: string;
  name: string;
  standing: Standing;
}

export interface CodeComparison {
  /** What the group calls it. */
  code: string;
  symbols: {emoji: string; word: string}[];
  participants: {id: string; name: string; self: boolean}[];
  /** A person here has said that all see the same, or not; null: neither yet. */
  same: boolean | null;
}

export type RoomSettings = GroupEventDetails['roomChanged'];
/** 'failed': the group's worker has died. */
export type RoomEnd = GroupEventDetails['ended']['reason'] | 'failed';
