/** How long a sender that has not switched over yet is still heard in the clear. */
const GRACE = 1000;
/** How much longer a picture that began in the clear goes on before it needs a key frame. */
const REMAINS = 1000;

/** Whether frames may be in the clear: only ever because the app has said so. */
export class Lock {
  #on = true;
  #closesAt = -Infinity;
  #turn = 0;

  get on(): boolean {
    return this.#on;
  }

  /** Goes up with every change: what was decided about a stream before counts no more. */
  get turn(): number {
    return this.#turn;
  }

  /** False when it was so already: to say "on" twice must not open a second of grace. */
  switch(on: boolean, now: number): boolean {
    if (on === this.#on) return false;
    this.#on = on;
    this.#closesAt = now + GRACE;
    this.#turn++;
    return true;
  }

  /** Whether a receiver may play clear frames; `sealedIn` is the turn of its last sealed one. */
  admitsClear(now: number, sealedIn: number): boolean {
    return !this.#on || (now < this.#closesAt && sealedIn !== this.#turn);
  }

  /** Whether what is sealed may go on a picture that began in the clear, nobody knows whose. */
  admitsRemains(now: number): boolean {
    return !this.#on || now < this.#closesAt + REMAINS;
  }
}
