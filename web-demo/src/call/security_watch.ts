// Asks the worker what it has done, twice a second, and keeps the lock.

import type {Source, StreamStats} from '@sotto/e2ee';
import {Emitter} from '../emitter.js';
import {Evidence} from './evidence.js';
import {Lags} from './lags.js';
import {deriveLock, SteadyLock} from './lock.js';
import type {Lock} from './lock.js';
import type {Session} from './session.js';

const POLL_MS = 500;

interface Events {
  change: undefined;
}

export class SecurityWatch extends Emitter<Events> {
  lock: Lock = {state: 'waiting', label: 'Waiting', detail: 'Not in the call yet.'};
  stats: StreamStats[] = [];
  /** Whose media is held back on its way. */
  readonly lags = new Lags();
  private failed = false;
  private encrypted = true;
  private readonly sealed = new Map<Source, boolean>();
  private readonly evidence = new Evidence();
  private readonly steady = new SteadyLock();
  private readonly timer: ReturnType<typeof setInterval>;

  constructor(private readonly session: Session, private readonly live: () => Source[]) {
    super();
    session.e2ee.addEventListener('failed', () => {
      this.failed = true;
      this.refresh();
    });
    session.e2ee.addEventListener('sending', (event) => {
      this.sealed.set(event.detail.source, event.detail.sealed);
      this.refresh();
    });
    this.timer = setInterval(() => void this.poll(), POLL_MS);
  }

  close(): void {
    clearInterval(this.timer);
  }

  async poll(): Promise<void> {
    if (this.failed || this.session.client.state === 'idle') return;
    try {
      this.stats = await this.session.e2ee.stats();
    } catch {
      this.failed = true;
    }
    this.refresh();
  }

  /** What the keys say of themselves has changed: that does not wait for the worker's counters. */
  standingChanged(): void {
    const encrypted = this.session.keys.standing().encrypted;
    if (encrypted !== this.encrypted) this.refresh();
  }

  private refresh(): void {
    const now = performance.now();
    const standing = this.session.keys.standing();
    this.encrypted = standing.encrypted;
    const input = {
      ...this.evidence.update(this.stats, this.session.model, now),
      ...standing,
      failed: this.failed,
      sending: this.live().map((source) => ({source, sealed: this.sealed.get(source) ?? null})),
    };
    const lagsChanged = this.lags.update(this.stats, now);
    const lock = this.steady.update(deriveLock(input), now);
    if (!lagsChanged && lock.state === this.lock.state && lock.label === this.lock.label && lock.detail === this.lock.detail) return;
    this.lock = lock;
    this.emit('change', undefined);
  }
}
