// A member's end of the bridge's delivery service: handshakes in the one order that all see, and what
// has not come back is sent again. It trusts the bridge with nothing but the sending, and looks into
// no message; who is in the group, and which commit counts, is decided by whoever listens.

import {Emitter} from '../emitter.js';
import {APPLICATION, HANDSHAKE, KEY_PACKAGE, clientFrame, readFrame, welcomeFrame} from './delivery_frames.js';
import type {Delivered} from './delivery_frames.js';
import {FIRST_FRAME_ID} from './protocol.js';

const LAST_FRAME_ID = 2 ** 32 - 1;
const AGAIN_MS = 500;

/** What it needs of the line to the bridge (SignalingClient has it). */
export interface DeliveryLine {
  tell(message: {type: string} & Record<string, unknown>): void;
  /** Dropped while the socket is lost. */
  sendFrame(frame: Uint8Array): void;
}

/** Why handshakes are missing for good: the bridge no longer keeps them, or has begun a new log. */
export type Missing = 'gone' | 'restarted';

type Of<K extends Delivered['kind']> = Omit<Extract<Delivered, {kind: K}>, 'kind' | 'id'>;

interface Events {
  /** Numbers rise by one, except after `missing`. `mine`: the sending of it has just been resolved. */
  handshake: Of<'handshake'> & {mine: boolean};
  keyPackage: Of<'keyPackage'>;
  /** May come twice. */
  welcome: Of<'welcome'>;
  application: Of<'application'> & {mine: boolean};
  /** Before the first handshake behind the gap. The group may have moved on without us. */
  missing: Missing;
  /** The bridge's answer to follow(), before what it sends then. `same`: its log is the one that was followed before. */
  log: {first: boolean; same: boolean; complete: boolean};
  /** All that was kept has come; what follows is live. The number of the last handshake. */
  caughtUp: number;
}

export class DeliveryError extends Error {
  /** 'stale': its epoch is over; 'ended': stop() was called; else the bridge's error code. */
  constructor(readonly code: string) {
    super(code);
  }
}

interface Waiting {
  frame: Uint8Array;
  epoch: bigint | null;  // of a handshake
  resolve(value: number): void;
  reject(error: DeliveryError): void;
}

export class Delivery extends Emitter<Events> {
  private log: string | null = null;
  private last = 0;
  private live = false;
  private nextId = FIRST_FRAME_ID;
  /** What the bridge has not confirmed, in the order of sending. */
  private readonly waiting = new Map<number, Waiting>();
  private readonly retries = new Map<number, () => void>();

  /** Names that this member has had at the bridge: a place that was lost is taken again under a new one. */
  private readonly own = new Set<string>();

  constructor(private readonly line: DeliveryLine, private readonly setTimer: (ms: number, action: () => void) => () => void) {
    super();
  }

  /** The number of the last handshake received. */
  get position(): number { return this.last; }

  /**
   * Call it whenever the line has joined or resumed, with the endpoint that it joined as. A key package
   * that was sent as another endpoint is to be sent again.
   */
  follow(endpoint: string): void {
    this.own.add(endpoint);
    this.live = false;
    this.line.tell({type: 'follow', ...this.log === null ? {} : {log: this.log, after: this.last}});
  }

  /** The line is lost. What is sent meanwhile waits for the next one. */
  disconnected(): void {
    this.live = false;
  }

  /**
   * Resolves with its number when it has come back. A commit for `epoch` is no use once that is over:
   * see epochReached(). null: whoever sends it does not say.
   */
  sendHandshake(epoch: bigint | null, message: Uint8Array): Promise<number> {
    return this.confirm((id) => clientFrame(HANDSHAKE, id, message), epoch);
  }

  /** The group is in this epoch now: handshakes for earlier ones that never came back are given up. */
  epochReached(epoch: bigint): void {
    for (const [id, {epoch: of}] of [...this.waiting]) {
      if (of !== null && of < epoch) this.settle(id)?.reject(new DeliveryError('stale'));
    }
  }

  /** From now on this endpoint waits for Welcomes. A new key package takes the place of the old one. */
  async sendKeyPackage(sealed: Uint8Array): Promise<void> {
    await this.confirm((id) => clientFrame(KEY_PACKAGE, id, sealed), null);
  }

  /** A Welcome was taken (or none is wanted any more). */
  async withdrawKeyPackage(): Promise<void> {
    await this.sendKeyPackage(new Uint8Array());
  }

  /** To be called when the commit has come back. Resolves when the bridge has taken it. */
  async sendWelcome(to: readonly string[], welcome: Uint8Array): Promise<void> {
    await this.confirm((id) => welcomeFrame(id, to, welcome), null);
  }

  /** False when there is no line just now; it is not sent again. */
  sendApplication(message: Uint8Array): boolean {
    if (this.live) this.line.sendFrame(clientFrame(APPLICATION, this.takeId(), message));
    return this.live;
  }

  /** A binary frame of the line. */
  onFrame(frame: Uint8Array): void {
    for (const delivered of readFrame(frame)) this.deliver(delivered);
  }

  /** `log`, `caught-up`, and answers to ids from FIRST_FRAME_ID on. */
  onMessage(message: {type: string} & Record<string, unknown>): void {
    if (message.type === 'log') this.onLog(String(message['log']), Number(message['last']), message['complete'] === true);
    if (message.type === 'caught-up') this.onCaughtUp();
    const id = message['id'];
    if (typeof id !== 'number' || id < FIRST_FRAME_ID) return;
    if (message.type === 'ok') this.settle(id)?.resolve(0);
    if (message.type === 'error') this.onRefused(id, String(message['code']));
  }

  stop(): void {
    this.live = false;
    for (const id of [...this.waiting.keys()]) this.settle(id)?.reject(new DeliveryError('ended'));
  }

  private deliver(delivered: Delivered): void {
    switch (delivered.kind) {
      case 'handshake': {
        const {sender, number, id, message} = delivered;
        if (number <= this.last) return;  // a second `follow` on one socket
        this.last = number;
        const own = this.own.has(sender) ? this.settle(id) : undefined;
        this.emit('handshake', {sender, number, message, mine: own !== undefined});
        own?.resolve(number);
        return;
      }
      case 'keyPackage':
        if (!this.own.has(delivered.sender)) this.emit('keyPackage', {sender: delivered.sender, sealed: delivered.sealed});
        return;
      case 'welcome':
        return this.emit('welcome', {sender: delivered.sender, message: delivered.message});
      case 'application':
        return this.emit('application', {sender: delivered.sender, message: delivered.message, mine: this.own.has(delivered.sender)});
    }
  }

  private onLog(log: string, last: number, complete: boolean): void {
    const had = this.log;
    this.log = log;
    if (had === null || !complete) this.last = last;
    this.emit('log', {first: had === null, same: had === null || had === log, complete});
    if (!complete) this.emit('missing', had === log ? 'gone' : 'restarted');
  }

  private onCaughtUp(): void {
    this.live = true;
    this.emit('caughtUp', this.last);
    // Whatever had come through before the line broke has come back by now.
    for (const [id, {frame}] of [...this.waiting]) if (!this.retries.has(id)) this.line.sendFrame(frame);
  }

  private onRefused(id: number, code: string): void {
    const waiting = this.waiting.get(id);
    if (!waiting) return;
    if (code !== 'rate-limited') return this.settle(id)?.reject(new DeliveryError(code));
    this.retries.get(id)?.();
    this.retries.set(id, this.setTimer(AGAIN_MS, () => {
      this.retries.delete(id);
      if (this.live) this.line.sendFrame(waiting.frame);
    }));
  }

  private confirm(build: (id: number) => Uint8Array, epoch: bigint | null): Promise<number> {
    const id = this.takeId();
    const frame = build(id);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, {frame, epoch, resolve, reject});
      if (this.live) this.line.sendFrame(frame);
    });
  }

  private settle(id: number): Waiting | undefined {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    this.retries.get(id)?.();
    this.retries.delete(id);
    return waiting;
  }

  private takeId(): number {
    const id = this.nextId;
    this.nextId = id === LAST_FRAME_ID ? FIRST_FRAME_ID : id + 1;
    return id;
  }
}
