// The vocabulary of a group.

/** 'unconfirmed': not heard since I came, so it is played from nobody; 'unreachable': silent for 30 s. */
export type Reachability = 'unconfirmed' | 'present' | 'unreachable';
/** As this browser has met them before; 'changed': somebody else had this name. */
export type Standing = 'new' | 'pinned' | 'verified' | 'changed';
/** Who may come in: whoever holds the link; those whom a moderator admits; nobody. */
export type JoinPolicy = 'open' | 'knock' | 'locked';
/** 'rejoining': was locked out or removed as unreachable, and waits to be let in anew. */
export type GroupState = 'new' | 'joining' | 'in' | 'rejoining' | 'leaving' | 'over';

/** What a member tells of itself. */
export interface Marks {
  /** Sends media. */
  publishes: boolean;
  microphoneMuted: boolean;
  cameraOff: boolean;
  handRaised: boolean;
}

/** As the group knows them; never as the server says. */
export interface GroupMember {
  /** For this member's time in the group; the `endpoint` of E2ee's events. */
  id: string;
  /** The identity key, as 64 hexadecimal digits. */
  identity: string;
  name: string;
  self: boolean;
  moderator: boolean;
  reachability: Reachability;
  standing: Standing;
  /** False: the others hear me, this one does not. */
  caughtUp: boolean;
  marks: Marks;
  /**
   * The connection that it was last heard from, or asked to come in from: the server's claim, good for
   * finding its streams. Whose a stream is, the keys decide.
   */
  endpoint: string | null;
}

/** The details of a group's events, by type. */
export interface GroupEventDetails {
  stateChanged: { state: GroupState };
  /** 'replaced': the same identity has joined from elsewhere. */
  ended: { reason: 'left' | 'kicked' | 'replaced' };
  /** Somebody has come, or something about a member has changed. */
  memberChanged: GroupMember;
  memberGone: { id: string; name: string; reason: 'left' | 'removed' | 'kicked' | 'rejoined'; by: string };
  /** Asked for and not confirmed yet; show these names. */
  removalsPending: { names: string[] };
  /** `missing`: messages of this member that should have come before; `unseen`: it answers one I lack. */
  chat: { id: string; name: string; number: number; text: string; missing: number; unseen: boolean };
  /** By this member's own word so many of its messages have not come, for some seconds; 0: they have. */
  chatHeldBack: { id: string; name: string; missing: number };
  /** It has come back from the server, and an honest one has given it to everybody else as well. */
  chatDelivered: { number: number };
  reaction: { id: string; reaction: string };
  directCall: { id: string; message: Uint8Array };
  /** What stands behind the # of the room's address from now on: the old one admits nobody. */
  linkChanged: { generation: number; fragment: string };
  /** `by`: the moderator who changed it; null where it was found so, on coming in. */
  roomChanged: { joinPolicy: JoinPolicy; mediaEncrypted: boolean; permanent: boolean; moderator: boolean; by: string | null };
  /** Somebody who has the link waits for a moderator: admit() or turnAway(). */
  joinRequested: { endpoint: string; identity: string; name: string; standing: Standing };
  joinWithdrawn: { endpoint: string };
  /**
   * While one waits to be let in: 'asked': a moderator decides, and has been asked; 'locked': nobody new is let in;
   * 'none': nobody answers any more. Sealed under the link, and fresh: the server can keep it back, and nothing else.
   * Where none comes for ten seconds, the link may be wrong or old, or nobody there can be reached.
   */
  answered: { answer: 'none' | 'asked' | 'locked' };
  /** Seven, to be read out to each other; `code` names them for confirmCode(). */
  codeShown: { code: string; symbols: { emoji: string; word: string }[]; participants: string[] };
  /**
   * False: nobody has heard me for 15 s (or, where I send no media, I have heard nobody for 30 s). Neither
   * media nor chat is sent until somebody does; chat waits.
   */
  heardByOthers: { heard: boolean };
  /**
   * Others seem to have a group of their own in this room (the server's word), or not any more. `stays`: those
   * are asked to come over to mine; otherwise it is for a person here to join anew.
   */
  othersApart: { apart: boolean; stays: boolean };
  /** Something was refused, or failed; `code` as in the README. */
  trouble: { code: string };
  /** The worker has died. */
  failed: { message: string };
}

/** The events of a Group by name, as addEventListener takes them. */
export type GroupEvents = { [T in keyof GroupEventDetails]: CustomEvent<GroupEventDetails[T]> };

export type GroupEvent = {
  [T in keyof GroupEventDetails]: { type: T; detail: GroupEventDetails[T] };
}[keyof GroupEventDetails];
