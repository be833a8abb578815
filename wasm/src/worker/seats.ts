/** A stream that has been silent here for this long may turn up in another slot unannounced. */
const SILENCE = 500;

/** Which slot plays which KID: a member's stream plays in one place at a time. */
export class Seats<Slot extends { vacate(): void }> {
  readonly #byKid = new Map<string, { slot: Slot; last: number }>();

  /** `agreed`: the bridge has announced this member for this slot, so it may move at once. */
  mayPlay(kid: string, slot: Slot, agreed: boolean, now: number): boolean {
    const seat = this.#byKid.get(kid);
    return seat === undefined || seat.slot === slot || agreed || now - seat.last >= SILENCE;
  }

  take(kid: string, slot: Slot, now: number): void {
    const seat = this.#byKid.get(kid);
    if (seat === undefined) {
      this.#byKid.set(kid, { slot, last: now });
      return;
    }
    if (seat.slot !== slot) seat.slot.vacate();
    seat.slot = slot;
    seat.last = now;
  }

  forget(kid: string): void {
    this.#byKid.delete(kid);
  }

  clear(): void {
    this.#byKid.clear();
  }
}
