// One participant's line to the bridge (docs/protocol.md). It outlives its WebSocket: a lost one
// is opened again and the place in the room resumed with the token. Sockets, timers and
// randomness are arguments, so that the whole of it runs in a test.
//
//   idle -> connecting -> open -> joining -> joined -> ended
//                ^                             | socket lost
//                `-------- reconnecting <------'

import {Emitter} from '../emitter.js';
import {retryDelay} from './backoff.js';
import {isAboutFrames, isRoomEvent, isTokenRefusal, parseMessage} from './protocol.js';
import type {EndReason, ErrorReply, JoinRequest, Joined, RoomEvent} from './protocol.js';

export type LineState = 'idle' | 'connecting' | 'open' | 'joining' | 'joined' | 'reconnecting' | 'ended';

export interface Socket {
  send(message: string | Uint8Array): void;
  close(code?: number): void;
  onopen: (() => void) | null;
  onmessage: ((event: {data: unknown}) => void) | null;
  onclose: ((event: {code: number}) => void) | null;
}

export interface Environment {
  openSocket(): Socket;
  setTimer(ms: number, action: () => void): () => void;
  now(): number;
  random(): number;
}

/** 'shutdown': the bridge ends, or starts anew. */
export type Lost = 'place' | 'shutdown';

export class RequestError extends Error {
  constructor(readonly code: string, message: string) {
    super(message);
  }
}

interface Events {
  state: LineState;
  /** Joined afresh (the first time) or resumed: a full snapshot. */
  joined: Joined;
  event: RoomEvent;
  /** A binary frame, and a message about some: for the group's delivery (delivery.ts). */
  frame: Uint8Array;
  aboutFrames: {type: string} & Record<string, unknown>;
  /** The place in the room is gone although the person did not leave: join afresh. */
  lost: Lost;
  ended: EndReason;
}

interface Pending {
  resolve(reply: Record<string, unknown>): void;
  reject(error: RequestError): void;
  cancel(): void;
}

const PING_MS = 5000;
const PONG_MS = 5000;
const ANSWER_MS = 10_000;
const DEFAULT_RESUME_SECONDS = 30;
const CLOSED_FOR_GOOD: Record<number, EndReason> = {4001: 'version', 4004: 'room-full', 4011: 'refused'};

export class SignalingClient extends Emitter<Events> {
  state: LineState = 'idle';
  private socket: Socket | null = null;
  private request_: JoinRequest | null = null;
  private resumeToken: string | null = null;
  private resumeSeconds = DEFAULT_RESUME_SECONDS;
  private nextId = 1;
  private attempt = 0;
  private lostAt = 0;
  private readonly pending = new Map<number, Pending>();
  private cancelRetry: (() => void) | null = null;
  private cancelPing: (() => void) | null = null;
  private endReason: EndReason | null = null;

  constructor(private readonly env: Environment) {
    super();
  }

  /** Opens the socket ahead of the join. The bridge closes one that does not join within 10 s. */
  connect(): void {
    if (this.state === 'idle') this.open();
  }

  /** Sends the join as soon as the socket is open. The answer comes as `joined`. */
  join(request: JoinRequest): void {
    this.request_ = request;
    if (this.state === 'idle') this.open();
    else if (this.state === 'open') this.sendJoin();
  }

  /** Rejects with 'disconnected' when the socket is lost before the answer, 'no-answer' after 10 s. */
  request(message: {type: string} & Record<string, unknown>): Promise<Record<string, unknown>> {
    if (this.state !== 'joined' || !this.socket) {
      return Promise.reject(new RequestError('disconnected', 'not connected'));
    }
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      const cancel = this.env.setTimer(ANSWER_MS, () => this.settle(id)?.reject(new RequestError('no-answer', 'the bridge did not answer')));
      this.pending.set(id, {resolve, reject, cancel});
      this.socket!.send(JSON.stringify({...message, id}));
    });
  }

  /** For what needs no answer; dropped while the socket is lost (the snapshot mends it). */
  tell(message: {type: string} & Record<string, unknown>): void {
    if (this.state === 'joined') this.socket?.send(JSON.stringify(message));
  }

  /** A binary frame; dropped while the socket is lost. */
  sendFrame(frame: Uint8Array): void {
    if (this.state === 'joined') this.socket?.send(frame);
  }

  leave(): void {
    this.tell({type: 'leave'});
    this.end('left');
  }

  /** The network changed: do not wait for a timeout. */
  checkNow(): void {
    if (this.state === 'joined') this.ping();
    if (this.state === 'reconnecting' && !this.socket) {
      this.cancelRetry?.();
      this.open();
    }
  }

  private open(): void {
    if (this.state !== 'reconnecting') this.enter('connecting');
    const socket = this.env.openSocket();
    this.socket = socket;
    socket.onopen = () => this.socket === socket && this.onOpen();
    socket.onmessage = (event) => this.socket === socket && this.onMessage(event.data);
    socket.onclose = (event) => this.socket === socket && this.onClose(event.code);
  }

  private onOpen(): void {
    if (this.request_) this.sendJoin();
    else this.enter('open');
  }

  private sendJoin(): void {
    const resume = this.resumeToken;
    const {room, endpoint, ...fresh} = this.request_!;
    if (!resume) this.enter('joining');
    const id = this.nextId++;
    // The place that is resumed has its tracks and state; those of the first join are old by now.
    this.socket!.send(JSON.stringify({type: 'join', id, version: 1, room, endpoint, ...resume ? {resume} : fresh}));
  }

  private onMessage(data: unknown): void {
    if (data instanceof ArrayBuffer) return this.emit('frame', new Uint8Array(data));
    const message = parseMessage(data);
    if (!message) return;
    if (isAboutFrames(message)) return this.emit('aboutFrames', message);
    if (message.type === 'joined') return this.onJoined(message as unknown as Joined);
    if (message.type === 'bye') return this.onBye(String(message['reason']));
    if (message.type === 'error') return this.onError(message as unknown as ErrorReply);
    const id = (message as Record<string, unknown>)['id'];
    if (typeof id === 'number') this.settle(id)?.resolve(message);
    if (isRoomEvent(message)) this.emit('event', message);
  }

  private onJoined(joined: Joined): void {
    this.resumeToken = joined.resume;
    this.resumeSeconds = joined.limits?.resumeSeconds ?? DEFAULT_RESUME_SECONDS;
    this.attempt = 0;
    this.enter('joined');
    this.schedulePing();
    this.emit('joined', joined);
  }

  private onBye(reason: string): void {
    if (reason === 'timeout') return;  // the socket closes, and the place may be resumed
    if (reason === 'replaced') this.end('replaced');
    else this.loseMembership('shutdown');
  }

  private onError(error: ErrorReply): void {
    const waiting = typeof error.id === 'number' ? this.settle(error.id) : undefined;
    if (waiting) return waiting.reject(new RequestError(error.code, error.message ?? error.code));
    if (error.code === 'resume-refused' || error.code === 'endpoint-taken') return this.loseMembership();
    if (error.code === 'room-full' || error.code === 'version') return this.end(error.code);
    if (isTokenRefusal(error.code)) return this.end(error.code);
    if (this.state === 'joining') this.end('refused');
  }

  private onClose(code: number): void {
    this.dropSocket();
    if (this.state === 'ended') return;
    const reason = CLOSED_FOR_GOOD[code];
    if (reason) return this.end(reason);
    if (!this.request_) return this.enter('idle');  // the prewarmed socket timed out: fine
    if (this.state !== 'reconnecting') {
      this.lostAt = this.env.now();
      this.enter('reconnecting');
    }
    if (this.resumeToken && this.env.now() - this.lostAt > this.resumeSeconds * 1000) {
      return this.loseMembership();
    }
    this.cancelRetry = this.env.setTimer(retryDelay(this.attempt++, this.env.random()), () => this.open());
  }

  /** The token is no good any more. The owner makes a new endpoint and new connections. */
  private loseMembership(why: Lost = 'place'): void {
    this.shut();
    this.enter('reconnecting');
    this.emit('lost', why);
  }

  private end(reason: EndReason): void {
    if (this.state === 'ended') return;
    this.endReason = reason;
    this.shut();
    this.enter('ended');
    this.emit('ended', this.endReason);
  }

  private shut(): void {
    const socket = this.socket;
    this.dropSocket();
    this.cancelRetry?.();
    socket?.close(1000);
  }

  private dropSocket(): void {
    this.socket = null;
    this.cancelPing?.();
    this.cancelPing = null;
    for (const id of [...this.pending.keys()]) {
      this.settle(id)?.reject(new RequestError('disconnected', 'the connection was lost'));
    }
  }

  private schedulePing(): void {
    this.cancelPing?.();
    this.cancelPing = this.env.setTimer(PING_MS, () => this.ping());
  }

  /** A browser does not show us WebSocket pings; a line that swallows this one is dead. */
  private ping(): void {
    this.request({type: 'ping'}).then(() => this.schedulePing(), () => undefined);
    this.cancelPing?.();
    const socket = this.socket;
    this.cancelPing = this.env.setTimer(PONG_MS, () => {
      if (this.socket !== socket) return;
      socket?.close(4000);
      this.onClose(1006);
    });
  }

  private settle(id: number): Pending | undefined {
    const waiting = this.pending.get(id);
    this.pending.delete(id);
    waiting?.cancel();
    return waiting;
  }

  private enter(state: LineState): void {
    if (this.state === state) return;
    this.state = state;
    this.emit('state', state);
  }
}
