// One endpoint's life: its keys, its line to the bridge and its two connections. Made
// ready before the click on "Join"; when the bridge has given the place away, the call makes a new one.

import type {E2ee} from '@sotto/e2ee';
import {newEndpointId} from '../link.js';
import {Publisher} from '../media/publisher.js';
import {Subscriber} from '../media/subscriber.js';
import type {VideoCodec} from '../media/codecs.js';
import {SignalingClient} from '../signaling/client.js';
import type {Environment} from '../signaling/client.js';
import type {Joined, Offer, Source, Want} from '../signaling/protocol.js';
import {IceDoctor} from './ice_doctor.js';
import type {RoomKeys, Self, SessionKeys} from './keys/room_keys.js';
import type {RoomModel} from './room_model.js';

export interface SessionOptions {
  room: string;
  /** What admits to it, where the bridge asks for that. */
  token?: string | null;
  codec: VideoCodec;
  environment: Environment;
}

type Tracks = Map<Source, MediaStreamTrack | null>;

export class Session {
  readonly endpoint: string;
  readonly client: SignalingClient;
  readonly publisher: Publisher;
  readonly subscriber: Subscriber;
  private readonly doctors: IceDoctor[];
  private work: Promise<unknown> = Promise.resolve();
  private offerAhead: Promise<{sdp: string; tracks: {mid: string; source: Source}[]}> | null = null;
  private wantsRestart = false;

  static async create(options: SessionOptions, roomKeys: RoomKeys): Promise<Session> {
    const [keys, certificate] = await Promise.all([
      roomKeys.open(),
      // One certificate for both connections, made before it is needed.
      RTCPeerConnection.generateCertificate({name: 'ECDSA', namedCurve: 'P-256'} as EcKeyGenParams),
    ]);
    return new Session(keys, certificate, options);
  }

  private constructor(readonly keys: SessionKeys, certificate: RTCCertificate, private readonly options: SessionOptions) {
    this.endpoint = newEndpointId((bytes) => crypto.getRandomValues(bytes));
    this.client = new SignalingClient(options.environment);
    keys.attach(this.client, this.endpoint);
    this.publisher = new Publisher(keys.e2ee, options.codec, [certificate]);
    this.subscriber = new Subscriber(keys.e2ee, [certificate]);
    const timer = options.environment.setTimer;
    this.doctors = [
      new IceDoctor(this.publisher, timer, () => void this.publish(true)),
      new IceDoctor(this.subscriber, timer, () => void this.requestOffer()),
    ];
    this.client.on('state', (state) => {
      if (state === 'joined' && this.wantsRestart) void this.publish(true);
    });
  }

  get e2ee(): E2ee {
    return this.keys.e2ee;
  }

  get model(): RoomModel {
    return this.keys.model;
  }

  /** Opens the line, the offer and what is sealed, so that a join is one message. */
  prepare(tracks: Tracks, self: Self): void {
    this.client.connect();
    for (const [source, track] of tracks) {
      const changed = this.publisher.add(source, track);
      if (changed || !this.offerAhead) this.offerAhead = this.enqueue(() => this.publisher.offer());
    }
    this.keys.prepare(self);
  }

  async join(self: Self): Promise<void> {
    const [state, publish] = await Promise.all([this.keys.join(self), this.offerAhead]);
    const {room, token} = this.options;
    this.client.join({room, endpoint: this.endpoint, ...token ? {token} : {}, ...state !== null ? {state} : {}, ...publish ? {publish} : {}});
  }

  /** The bridge's half of what the join asked for. */
  async onJoined(joined: Joined): Promise<void> {
    if (joined.publish) {
      const answer = joined.publish;
      await this.enqueue(() => this.publisher.accept(answer));
    } else if (this.publisher.pc.signalingState === 'have-local-offer') {
      await this.publish();
    }
  }

  /** Adds or ends sources, or restarts ICE. One negotiation after the other. */
  publish(iceRestart = false): Promise<void> {
    return this.enqueue(async () => {
      if (this.client.state !== 'joined') {
        this.wantsRestart ||= iceRestart;
        return;
      }
      try {
        const offer = await this.publisher.offer(iceRestart || this.wantsRestart);
        const answer = await this.client.request({type: 'publish', ...offer});
        this.wantsRestart = false;
        await this.publisher.accept(answer as never);
      } catch (error) {
        this.wantsRestart ||= iceRestart;
        await this.publisher.rollback();
        if ((error as {code?: string}).code !== 'disconnected') throw error;
      }
    });
  }

  async answer(offer: Offer): Promise<void> {
    const sdp = await this.subscriber.answer(offer);
    if (sdp !== null) this.client.tell({type: 'answer', generation: offer.generation, sdp});
  }

  pause(source: Source, paused: boolean): void {
    const track = this.publisher.trackName(source);
    if (track) this.client.tell({type: 'pause', track, paused});
  }

  want(want: Want[]): void {
    this.client.tell({type: 'subscribe', want});
  }

  close(): void {
    for (const doctor of this.doctors) doctor.close();
    this.client.leave();
    this.publisher.close();
    this.subscriber.close();
    this.keys.close();
  }

  private requestOffer(): Promise<unknown> {
    return this.client.request({type: 'request-offer', iceRestart: true}).catch(() => undefined);
  }

  private enqueue<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.work.then(action);
    this.work = turn.catch(() => undefined);
    return turn;
  }
}
