// How a member stands, in words. Pure.

import type {JoinPolicy, Reachability, Standing} from '@sotto/e2ee';

export type Tone = 'good' | 'plain' | 'warn';

export interface Words {
  text: string;
  tone: Tone;
  /** What it means, where a word is not enough. */
  meaning: string | null;
}

export function reachabilityWords(reachability: Reachability, caughtUp: boolean): Words | null {
  if (reachability === 'unconfirmed') {
    return {text: 'Not heard yet', tone: 'warn', meaning: 'Nothing of theirs is shown or played until this browser has heard from them.'};
  }
  if (reachability === 'unreachable') {
    return {text: 'Not reachable', tone: 'warn', meaning: 'Nothing has come from them for half a minute. They may not hear you.'};
  }
  if (!caughtUp) return {text: 'May not hear you', tone: 'warn', meaning: 'Others hear you, but this person’s browser has not said so.'};
  return null;
}

/** Of somebody whose frames come too late. */
export const LAGGING: Words = {
  text: 'Not live', tone: 'warn', meaning: 'What you see and hear of this person was sent more than two seconds ago: something on the way holds it back.',
};

export function standingWords(standing: Standing): Words {
  switch (standing) {
    case 'new':
      return {text: 'Met for the first time', tone: 'plain', meaning: null};
    case 'pinned':
      return {text: 'Known from earlier calls', tone: 'plain', meaning: null};
    case 'verified':
      return {text: 'Verified', tone: 'good', meaning: 'You have compared a code or fingerprints with this person.'};
    case 'changed':
      return {
        text: 'Not the one who had this name before', tone: 'warn',
        meaning: 'You have met somebody of this name with another key. A new browser or device makes a new key; so does somebody who only uses the name. Ask them by another way, or compare fingerprints.',
      };
  }
}

export const JOIN_POLICY_WORDS: Record<JoinPolicy, string> = {
  open: 'Everybody who has the link',
  knock: 'Whom a moderator lets in',
  locked: 'Nobody',
};

/** All have gone, or the link has ended: which of the two, nobody can tell from here. */
export const NOT_LET_BACK = 'Nobody has let you back in: you are alone. If others are still in the call, the link has changed. ' +
    'Ask them for the new one; whoever comes in here has only the old one.';

/** What the group says it refused, or could not do; null: nothing that a person can act on. */
export function troubleWords(code: string): string | null {
  switch (code) {
    case 'not-moderator': return 'Only a moderator can do that.';
    case 'commit-failed': return 'That could not be done. Try again.';
    case 'code-spoilt': return 'Somebody spoilt the comparison. If it happens again, somebody may be in between.';
    case 'welcome-refused': return 'You were offered a place in a group that breaks this room’s rules, and did not take it.';
    case 'not-let-back': return NOT_LET_BACK;
    case 'not-now': return 'That is not possible at the moment.';
    case 'busy': return 'Too much is on its way already. Try again in a moment.';
    case 'locked-out': case 'missed-commits': case 'commit-refused': case 'message-refused': return null;
    default: return 'That did not work.';
  }
}
