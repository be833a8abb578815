// Turns the worker's counters into what the lock is derived from. Pure: counters and time go in.

import type {DropCause, StreamStats} from '@sotto/e2ee';
import type {Standing} from './keys/room_keys.js';
import type {LockInput} from './lock.js';
import type {RoomModel} from './room_model.js';

/** Never seen on an honest path: shown at once. */
const ALARMING: DropCause[] = ['unauthenticated', 'malformed'];
/** Normal for a moment when people come or change seats; not when it goes on. */
const PASSING: DropCause[] = ['unknown-key', 'claim-mismatch', 'kid-in-use'];
const PASSING_MS = 2500;
const HOLD_MS = 5000;
/** So long a claimed seat may stay without a frame before it counts as silent, not as unopened. */
const FIRST_FRAME_MS = 4000;

/** So long what came in the clear may be on the screen once encryption is on again: longer than browsers buffer. */
const UNPROVED_MS = 12_000;

interface SlotHistory {
  alarming: number;
  passing: number;
  passingSince: number | null;
  badUntil: number;
  claim: string;
  claimedAt: number;
}

export class Evidence {
  private readonly slots = new Map<string, SlotHistory>();
  private unprovedSince: number | null = null;
  private readonly pendingSince = new Map<string, number>();

  update(stats: StreamStats[], model: RoomModel, now: number): Omit<LockInput, 'failed' | 'sending' | keyof Standing> {
    let sealedFrames = 0;
    let openedFrames = 0;
    let failing = 0;
    for (const stream of stats) {
      if (stream.direction === 'send') {
        sealedFrames += stream.frames;
        continue;
      }
      openedFrames += stream.frames;
      if (stream.slot !== undefined && this.isFailing(this.slot(stream.slot), stream, now)) failing++;
    }
    return {
      sealedFrames, openedFrames, failing,
      unopened: this.unopened(model, now),
      unreadable: model.unreadable().length,
      others: model.participants.size,
      wrongKey: model.wrongKey(),
    };
  }

  private isFailing(slot: SlotHistory, stream: StreamStats, now: number): boolean {
    const count = (causes: DropCause[]) => causes.reduce((sum, cause) => sum + (stream.drops[cause] ?? 0), 0);
    const alarming = count(ALARMING);
    const passing = count(PASSING);
    if (alarming > slot.alarming) slot.badUntil = now + HOLD_MS;
    if (passing > slot.passing) slot.passingSince ??= now;
    else slot.passingSince = null;
    if (slot.passingSince !== null && now - slot.passingSince >= PASSING_MS) slot.badUntil = now + HOLD_MS;
    slot.alarming = alarming;
    slot.passing = passing;
    return now < slot.badUntil;
  }

  private unopened(model: RoomModel, now: number): number {
    let count = this.pending(model, now) + this.unproved(model, now);
    for (const {slot: name, occupant} of model.slotClaims()) {
      const slot = this.slot(name);
      const claim = occupant ? `${occupant.endpoint}/${occupant.source}` : '';
      if (claim !== slot.claim) Object.assign(slot, {claim, claimedAt: now});
      if (!occupant || !model.sends(occupant.endpoint, occupant.source)) continue;
      const proven = model.occupants.get(name);
      const matches = proven?.endpoint === occupant.endpoint && proven.source === occupant.source;
      if (!matches && now - slot.claimedAt < FIRST_FRAME_MS) count++;
    }
    return count;
  }

  /** What was played in the clear may be displayed for a while yet, by a bridge that makes browsers buffer it. */
  private unproved(model: RoomModel, now: number): number {
    const count = model.unproved();
    if (count === 0) this.unprovedSince = null;
    else this.unprovedSince ??= now;
    return this.unprovedSince !== null && now - this.unprovedSince < UNPROVED_MS ? count : 0;
  }

  /** A member who is not heard keeps the lock from nothing: it has its mark, and nothing of it plays. */
  private pending(model: RoomModel, now: number): number {
    const pending = [...model.participants.values()].filter((person) => person.proof === 'pending');
    for (const id of this.pendingSince.keys()) if (!pending.some((person) => person.id === id)) this.pendingSince.delete(id);
    return pending.filter(({id, reachability}) => {
      const since = this.pendingSince.get(id) ?? now;
      this.pendingSince.set(id, since);
      return reachability === null || now - since < FIRST_FRAME_MS;
    }).length;
  }

  private slot(name: string): SlotHistory {
    let slot = this.slots.get(name);
    if (!slot) {
      slot = {alarming: 0, passing: 0, passingSince: null, badUntil: -Infinity, claim: '', claimedAt: -Infinity};
      this.slots.set(name, slot);
    }
    return slot;
  }
}
