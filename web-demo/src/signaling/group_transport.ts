// A group's way to the others, over the bridge's delivery service. It outlives a connection: when the
// place in the room was lost, the next line is attached and the group goes on under its name.

import {MessageKind} from '@sotto/e2ee';
import type {IncomingMessage, OrderedTransport, OutgoingMessage, TransportReceiver} from '@sotto/e2ee';
import type {SignalingClient} from './client.js';
import {Delivery} from './delivery.js';
import type {Joined} from './protocol.js';

/** What it needs of a SignalingClient. */
export type TransportLine = Pick<SignalingClient, 'on' | 'tell' | 'sendFrame'>;

/** Of those that wait for the line, the newest count: what matters of the rest is said again. */
const MAX_HELD = 64;

export class GroupTransport implements OrderedTransport {
  private readonly delivery: Delivery;
  private line: TransportLine | null = null;
  private detach: (() => void)[] = [];
  private receiver: TransportReceiver | null = null;
  private connected: ((others: {others: number}) => void) | null = null;
  /** What the line has joined as, and what the group has been told. */
  private endpoint = '';
  private told = '';
  /** The others, by the bridge's word. */
  private present = new Set<string>();
  private absent: string[] = [];
  private joined: Joined | null = null;
  private live = false;
  private held: Uint8Array[] = [];
  private onTheWay: Uint8Array[] = [];

  constructor(setTimer: (ms: number, action: () => void) => () => void) {
    this.delivery = new Delivery({
      tell: (message) => this.line?.tell(message),
      sendFrame: (frame) => this.line?.sendFrame(frame),
    }, setTimer);
    this.delivery.on('handshake', ({sender, number, message}) => this.receive({kind: MessageKind.HANDSHAKE, sender, number, bytes: message}));
    this.delivery.on('keyPackage', ({sender, sealed}) => this.receive({kind: MessageKind.KEY_PACKAGE, sender, bytes: sealed}));
    this.delivery.on('welcome', ({sender, message}) => this.receive({kind: MessageKind.WELCOME, sender, bytes: message}));
    this.delivery.on('application', ({sender, message}) => this.receive({kind: MessageKind.APPLICATION, sender, bytes: message}));
    this.delivery.on('log', (log) => this.onLog(log));
    this.delivery.on('caughtUp', () => this.onCaughtUp());
  }

  /** From now on this line carries the group's messages; before it has joined. */
  attach(line: TransportLine): void {
    for (const stop of this.detach) stop();
    this.disconnected();
    this.line = line;
    this.detach = [
      line.on('joined', (joined) => this.onJoined(joined)),
      line.on('frame', (frame) => this.delivery.onFrame(frame)),
      line.on('aboutFrames', (message) => this.delivery.onMessage(message)),
      line.on('state', (state) => {
        if (state === 'reconnecting') this.disconnected();
      }),
      line.on('event', (event) => {
        if (event.type === 'endpoint-joined') this.present.add(event.endpoint);
        if (event.type === 'endpoint-left') this.left(event.endpoint);
      }),
    ];
  }

  connect(endpoint: string, receiver: TransportReceiver): Promise<{others: number}> {
    this.told = endpoint;
    this.receiver = receiver;
    return new Promise((resolve) => {
      this.connected = resolve;
      if (this.joined) this.follow(this.joined);
    });
  }

  send({kind, to, bytes}: OutgoingMessage): void {
    switch (kind) {
      case MessageKind.HANDSHAKE: return this.sendHandshake(bytes);
      case MessageKind.KEY_PACKAGE: return this.confirmed(this.delivery.sendKeyPackage(bytes));
      case MessageKind.WELCOME: return this.confirmed(this.delivery.sendWelcome(to, bytes));
      case MessageKind.APPLICATION:
        if (!this.delivery.sendApplication(bytes)) this.held = [...this.held, bytes].slice(-MAX_HELD);
    }
  }

  close(): void {
    for (const stop of this.detach) stop();
    this.detach = [];
    this.delivery.stop();
    this.receiver = null;
    this.line = null;
  }

  private receive(message: IncomingMessage): void {
    // A copy: what is behind a view would go to the worker with it.
    this.receiver?.message({...message, bytes: message.bytes.slice()});
  }

  private onJoined(joined: Joined): void {
    this.joined = joined;
    if (this.receiver) this.follow(joined);
  }

  private follow(joined: Joined): void {
    const present = new Set(joined.endpoints.map(({endpoint}) => endpoint));
    this.absent.push(...[...this.present].filter((endpoint) => !present.has(endpoint)));
    this.present = present;
    this.endpoint = joined.endpoint;
    this.delivery.follow(joined.endpoint);
    this.connected?.({others: present.size});
    this.connected = null;
  }

  private disconnected(): void {
    this.live = false;
    this.delivery.disconnected();
  }

  /** Before anything of the log. What a group that has been told so says again need not be said twice. */
  private onLog({first, same}: {first: boolean; same: boolean}): void {
    const absent = this.absent;
    this.absent = [];
    // Another bridge knows nobody yet: that is no sign that they have gone.
    if (same) for (const endpoint of absent) this.receiver?.left(endpoint);
    const renamed = this.endpoint !== this.told;
    if (first && !renamed) return;
    this.held = [];
    this.told = this.endpoint;
    this.receiver?.reconnected({same, ...renamed && {endpoint: this.endpoint}});
  }

  private onCaughtUp(): void {
    this.live = true;
    for (const message of this.held.splice(0)) this.delivery.sendApplication(message);
  }

  private left(endpoint: string): void {
    this.present.delete(endpoint);
    if (this.live) this.receiver?.left(endpoint);
    else this.absent.push(endpoint);
  }

  /** A group says again, when it is told of a new connection, what the delivery still has in hand. */
  private sendHandshake(bytes: Uint8Array): void {
    if (this.onTheWay.some((other) => sameBytes(other, bytes))) return;
    this.onTheWay.push(bytes);
    this.confirmed(this.delivery.sendHandshake(null, bytes).finally(() => {
      this.onTheWay = this.onTheWay.filter((other) => other !== bytes);
    }));
  }

  /** What the bridge refuses for good, the group notices by its not coming back. */
  private confirmed(sending: Promise<unknown>): void {
    sending.catch((error: unknown) => {
      if ((error as {code?: string}).code !== 'ended') console.error('the bridge did not take a message of the group', error);
    });
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
