// The lock, derived from what the worker has counted. It is green only on evidence: something was
// sealed or opened, nothing live goes unsealed, and everything that plays was opened by a key.

import type {Standing} from './keys/room_keys.js';

export type LockState = 'encrypted' | 'waiting' | 'trouble' | 'off';

export interface LockInput extends Standing {
  /** The worker has died or never started. */
  failed: boolean;
  /** Local tracks that are live now, and whether the worker seals them: null is not known yet. */
  sending: {source: string; sealed: boolean | null}[];
  sealedFrames: number;
  openedFrames: number;
  /** Slots in which the bridge says that somebody sends, but no frame has been opened yet. */
  unopened: number;
  /** Slots whose frames failed to open in the last seconds. */
  failing: number;
  unreadable: number;
  others: number;
  wrongKey: boolean;
}

export interface Lock {
  state: LockState;
  /** One line for the button and for screen readers. */
  label: string;
  detail: string;
}

export function deriveLock(input: LockInput): Lock {
  if (input.failed) {
    return {state: 'off', label: 'Not encrypted',
            detail: 'Encryption has stopped working in this tab, so nothing is sent or played. Reload the page.'};
  }
  if (!input.encrypted) {
    return {state: 'off', label: 'Not encrypted',
            detail: 'A moderator of this room has switched encryption off for everybody: the server can hear and see this call.'};
  }
  const outside = outsideLock(input);
  if (outside) return outside;
  if (input.wrongKey) {
    return {state: 'trouble', label: 'Wrong key',
            detail: 'This link’s key does not match the people in the room: check that you have the whole link.'};
  }
  if (input.unreadable > 0 || input.failing > 0) {
    return {state: 'trouble', label: 'Someone cannot be verified', detail: troubleDetail(input)};
  }
  const unsealed = input.sending.filter((stream) => stream.sealed !== true);
  if (unsealed.length > 0) {
    return {state: 'waiting', label: 'Securing…', detail: 'Your media is held back until it is sealed.'};
  }
  if (input.unopened > 0) {
    return {state: 'waiting', label: 'Securing…', detail: 'Waiting for the first frames that your keys open. Until then nothing is played.'};
  }
  if (input.sealedFrames + input.openedFrames === 0) {
    return input.others === 0
        ? {state: 'waiting', label: 'Waiting for others', detail: 'Nothing is being sent or received yet.'}
        : {state: 'waiting', label: 'Nothing to seal yet', detail: 'Nobody is sending sound or pictures at the moment.'};
  }
  return {state: 'encrypted', label: 'End-to-end encrypted', detail: goodDetail(input)};
}

/** Whoever is not in the group, or heard by nobody there, is told that first. */
function outsideLock({admission, heard}: LockInput): Lock | null {
  switch (admission) {
    case 'joining':
      return {state: 'waiting', label: 'Being let in…', detail: 'Somebody’s browser in the room has to let yours in. Until then nothing is sent or played.'};
    case 'asked':
      return {state: 'waiting', label: 'Waiting for a moderator', detail: 'A moderator has been asked to let you in. Until then nothing is sent or played.'};
    case 'locked':
      return {state: 'waiting', label: 'Room is locked', detail: 'Nobody new is let in at the moment. Nothing is sent or played.'};
    case 'unanswered':
      return {state: 'trouble', label: 'Nobody answers',
              detail: 'Nobody who has this link has answered: it may be wrong or an old one. Nothing is sent or played.'};
    case 'rejoining':
      return {state: 'waiting', label: 'Coming back…', detail: 'Your browser had dropped out of the room and is being let in again.'};
    case 'in':
      return heard ? null : {state: 'trouble', label: 'Nobody hears you',
                             detail: 'Nothing of yours has reached the others for a while, so nothing is sent until they hear you again.'};
  }
}

function troubleDetail(input: LockInput): string {
  const who = input.unreadable > 1 ? `${input.unreadable} participants have` : 'One participant has';
  return input.unreadable > 0
      ? `${who} no matching key. You do not hear or see them, and they cannot hear or see you.`
      : 'Some of what arrives cannot be opened with this room’s keys. It is dropped, not played.';
}

function goodDetail(input: LockInput): string {
  const sent = input.sending.length > 0 ? 'Everything you send is sealed in this browser' : 'You are sending nothing';
  const received = input.openedFrames > 0 ? 'everything that you see and hear was opened with this room’s keys' : 'nothing has been received yet';
  return `${sent}; ${received}.`;
}

/** A newcomer's first moments do not make the lock flicker: nothing of theirs plays until opened. */
export const GRACE_MS = 1500;

export class SteadyLock {
  private shown: Lock | null = null;
  private waitingSince: number | null = null;

  update(lock: Lock, now: number): Lock {
    const dip = lock.state === 'waiting' && this.shown?.state === 'encrypted';
    if (!dip) {
      this.waitingSince = null;
      return this.shown = lock;
    }
    this.waitingSince ??= now;
    return now - this.waitingSince < GRACE_MS ? this.shown! : (this.shown = lock);
  }
}
