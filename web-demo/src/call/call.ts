// A call as the page knows it: the room's model, one's own media, and the session underneath,
// which may be replaced by a fresh one. Views read it and redraw on `change`.

import type {E2eeEvents} from '@sotto/e2ee';
import {Emitter} from '../emitter.js';
import {FirstPictures, watchPictures} from '../media/first_picture.js';
import type {LocalMedia} from '../media/local_media.js';
import type {DeviceKind} from '../media/problems.js';
import type {Lost} from '../signaling/client.js';
import type {EndReason, Joined, Offer, RoomEvent} from '../signaling/protocol.js';
import type {GroupRoom, RoomEnd} from './group_room.js';
import {openRoomKeys} from './keys/open_room_keys.js';
import type {RoomKeys, Standing} from './keys/room_keys.js';
import {Outbox} from './outbox.js';
import {RoomModel} from './room_model.js';
import {ScreenShare} from './screen_share.js';
import {SecurityWatch} from './security_watch.js';
import {Session} from './session.js';
import type {SessionOptions} from './session.js';
import {WantsSender} from './wants_sender.js';
import type {ShownTile} from './wants.js';

export interface CallOptions extends SessionOptions {
  /** What stands behind the # of the address. */
  fragment: string;
  /** A group's keys, or those of the link alone. */
  keys: 'group' | 'link';
}

/** Why a call has ended: the bridge's reasons, and those of the group. */
export type CallEnd = EndReason | 'kicked' | 'taken-over' | 'failed';

export type Phase = 'preparing' | 'ready' | 'joining' | 'in-call' | 'reconnecting' | 'ended' | 'failed';

interface Events {
  change: undefined;
  /** For screen readers. */
  announce: string;
  /** A new connection: slots of the old one are gone. */
  fresh: undefined;
  slot: {slot: string; track: MediaStreamTrack};
  /** What stands behind the # of the address from now on. */
  linkChanged: string;
  ended: CallEnd;
}

const DRAW_AFTER_MS = 80;
/** Good-bye is said to the group if that can be done at once. */
const LEAVE_MS = 400;
/** Longer than a group tries to commit a kick of one's own before it lets one go. */
const LEAVE_AFTER_KICK_MS = 5500;
/** So long a bridge may take to restart. */
const RESTART_MS = 90_000;

export class Call extends Emitter<Events> {
  phase: Phase = 'preparing';
  model = new RoomModel();
  session: Session | null = null;
  security: SecurityWatch | null = null;
  failure: string | null = null;
  speakers: string[] = [];
  readonly screen = new ScreenShare(() => void this.stopShare());
  joinedAt = 0;
  readonly keys: RoomKeys;
  private readonly outbox: Outbox;
  private readonly wants = new WantsSender((wants) => {
    if (this.phase === 'in-call') this.session?.want(wants);
    return this.phase === 'in-call';
  }, () => this.speakers, (id) => this.model.participants.get(id)?.endpoint ?? null);
  private readonly firstPictures: FirstPictures;
  private rejoining = false;
  private leaving = false;
  private onBegun: (() => void) | null = null;

  constructor(readonly options: CallOptions, readonly local: LocalMedia) {
    super();
    this.keys = openRoomKeys(options, {
      change: () => {
        this.security?.standingChanged();
        this.emit('change', undefined);
      },
      announce: (text) => this.emit('announce', text),
      reseated: () => this.claimSlots(),
      linkChanged: (fragment) => this.emit('linkChanged', fragment),
      ended: (reason) => this.end(endOf(reason)),
    });
    this.outbox = new Outbox(local, this.screen);
    this.firstPictures = new FirstPictures(watchPictures, options.environment.setTimer);
    local.on('send', ({source, track}) => void this.onSend(source, track));
    local.on('change', () => {
      if (this.phase === 'ready' && this.session) this.outbox.prepare(this.session);
      this.emit('change', undefined);
    });
  }

  get name(): string {
    return this.local.preferences.name;
  }

  /** The group of the call; null: there is none (a link's keys), or not yet. */
  get room(): GroupRoom | null {
    return this.keys.room;
  }

  /** Whether the keys let us take part. */
  get standing(): Standing | null {
    return this.session?.keys.standing() ?? null;
  }

  /** A connection that carried media has lost its way for the moment. */
  get mediaLost(): boolean {
    const pcs = this.session ? [this.session.publisher.pc, this.session.subscriber.pc] : [];
    return pcs.some((pc) => pc.connectionState === 'disconnected' || pc.connectionState === 'failed');
  }

  setName(name: string): void {
    this.local.preferences.name = name;
    if (this.session && this.phase === 'ready') this.session.keys.prepare(this.outbox.self());
  }

  /** Everything that can be done before the click. */
  async prepare(): Promise<void> {
    try {
      await this.open();
      this.enter('ready');
      this.outbox.prepare(this.session!);
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
      this.enter('failed');
    }
  }

  /** Keeps the line warm while the person is busy in the lobby. */
  warm(): void {
    if (this.phase === 'ready') this.session?.client.connect();
  }

  async join(): Promise<void> {
    if (this.phase !== 'ready' || !this.session) return;
    this.enter('joining');
    await this.session.join(this.outbox.self());
  }

  /** The others are told first, so that nobody waits for us. */
  async leave(): Promise<void> {
    if (this.leaving) return;
    this.leaving = true;
    const soon = new Promise<void>((resolve) => void this.options.environment.setTimer(this.room?.kicking ? LEAVE_AFTER_KICK_MS : LEAVE_MS, resolve));
    await Promise.race([this.keys.leave(), soon]);
    this.end('left');
  }

  /** The page is going: nothing that takes time will happen any more. */
  leaveAtOnce(): void {
    if (this.phase === 'ended') return;
    void this.keys.leave();
    this.session?.client.leave();
  }

  // ---- one's own media

  toggleMicrophone(): Promise<void> {
    return this.local.setMicrophoneOn(!this.local.microphoneOn);
  }

  toggleCamera(): Promise<void> {
    return this.local.setCameraOn(!this.local.cameraOn);
  }

  async toggleShare(): Promise<void> {
    if (this.screen.stream) return this.stopShare();
    try {
      if (!await this.screen.start()) return;
    } catch {
      this.emit('announce', 'The screen could not be shared.');
      return;
    }
    if (!this.session) return this.screen.stop();
    try {
      this.screen.addTo(this.session.publisher);
    } catch {
      this.screen.stop();
      this.emit('announce', 'The screen could not be shared.');
      return;
    }
    this.emit('announce', 'You are sharing your screen.');
    this.emit('change', undefined);
    await this.renegotiate();
  }

  async stopShare(): Promise<void> {
    if (!this.screen.stream) return;
    this.screen.stop();
    this.screen.removeFrom(this.session?.publisher);
    this.emit('announce', 'You no longer share your screen.');
    this.emit('change', undefined);
    await this.renegotiate();
  }

  /** Which tiles are on the page, and how large. */
  setShown(shown: ShownTile[]): void {
    this.wants.setShown(shown);
  }

  // ---- the session

  private async open(): Promise<void> {
    const session = await Session.create(this.options, this.keys);
    this.session = session;
    this.firstPictures.clear();
    this.model = session.model;
    this.security?.close();
    this.security = new SecurityWatch(session, () => this.outbox.live());
    this.security.on('change', () => this.emit('change', undefined));
    const mine = <T>(listener: (value: T) => void) => (value: T) => {
      if (this.session === session) listener(value);
    };
    session.client.on('joined', mine((joined) => void this.onJoined(joined)));
    session.client.on('event', mine((event) => this.onEvent(event)));
    session.client.on('lost', mine((why) => void this.rejoin(why)));
    session.client.on('ended', mine((reason) => this.end(reason)));
    session.client.on('state', mine((state) => {
      if (state === 'reconnecting' && this.phase === 'in-call') this.enter('reconnecting');
    }));
    session.subscriber.on('slot', mine((slot) => {
      if (!this.model.listsSlot(slot.slot)) session.e2ee.claim(slot.slot, null);
      this.emit('slot', slot);
    }));
    const redraw = mine(() => this.emit('change', undefined));
    session.publisher.on('connection', redraw);
    session.subscriber.on('connection', redraw);
    session.e2ee.addEventListener('occupant', (event) => mine(() => this.onOccupant(session, event.detail))(undefined));
  }

  private async onJoined(joined: Joined): Promise<void> {
    const session = this.session!;
    this.joinedAt ||= Date.now();
    const accepted = session.onJoined(joined).catch((error: unknown) => this.notSent(error));
    session.keys.joined(joined);
    if (joined.seats) this.onEvent({type: 'seats', seats: joined.seats}, true);
    if (joined.offer) this.onEvent(joined.offer);
    if (!joined.resumed) await this.begun();
    if (session !== this.session || session.client.state !== 'joined') return;
    this.enter('in-call');
    await accepted;
    this.wants.again();
    await this.outbox.catchUp(session).catch((error: unknown) => this.notSent(error));
  }

  /** The page is drawn while the connections come up, not before they have begun to. */
  private begun(): Promise<void> {
    return new Promise((resolve) => {
      this.onBegun = resolve;
      setTimeout(resolve, DRAW_AFTER_MS);
    });
  }

  private async answer(offer: Offer): Promise<void> {
    await this.session?.answer(offer).catch((error: unknown) => console.error('the offer could not be answered', error));
    this.onBegun?.();
  }

  private onOccupant(session: Session, {slot, endpoint, source, first}: E2eeEvents['occupant']['detail']): void {
    const settle = () => {
      this.model.setOccupant(slot, {endpoint, source});
      this.emit('change', undefined);
    };
    const track = session.subscriber.tracks.get(slot);
    if (!track || !first || first.after === null) return settle();
    this.model.expectOccupant(slot, {endpoint, source});
    this.emit('change', undefined);
    this.firstPictures.expect(slot, track, first, settle);
  }

  private onEvent(event: RoomEvent, snapshot = false): void {
    switch (event.type) {
      case 'offer':
        this.model.applyMids(event.seats);
        void this.answer(event);
        this.claimSlots();
        break;
      case 'seats':
        this.model.applySeats(event.seats, snapshot);
        this.claimSlots();
        break;
      case 'speakers':
        this.speakers = event.endpoints;
        break;
      default:
        this.session?.keys.event(event);
    }
    this.emit('change', undefined);
  }

  private claimSlots(): void {
    for (const {slot, occupant} of this.model.slotClaims()) this.session?.e2ee.claim(slot, occupant);
  }

  /** The bridge has given our place away: a fresh endpoint, with the media that is running. */
  private async rejoin(why: Lost): Promise<void> {
    if (this.rejoining || this.phase === 'ended') return;
    this.rejoining = true;
    this.enter('reconnecting');
    if (why === 'shutdown') this.awaitRestart();
    try {
      const old = this.session;
      this.session = null;
      old?.close();
      this.emit('fresh', undefined);
      await this.open();
      if (this.phase !== 'reconnecting') return this.session!.close();
      this.outbox.prepare(this.session!);
      this.screen.addTo(this.session!.publisher);
      await this.session!.join(this.outbox.self());
    } catch (error) {
      console.error('could not rejoin', error);
      this.end('refused');
    } finally {
      this.rejoining = false;
    }
  }

  /** Whoever stops a bridge for good has ended the call. */
  private awaitRestart(): void {
    const stop = this.options.environment.setTimer(RESTART_MS, () => {
      unsubscribe();
      this.end('shutdown');
    });
    const unsubscribe = this.on('change', () => {
      if (this.phase === 'reconnecting') return;
      stop();
      unsubscribe();
    });
  }

  private async onSend(source: DeviceKind, track: MediaStreamTrack | null): Promise<void> {
    this.emit('change', undefined);
    if (this.session && (this.phase === 'in-call' || this.phase === 'reconnecting')) {
      await this.outbox.send(this.session, source, track).catch((error: unknown) => this.notSent(error));
    }
  }

  private async renegotiate(): Promise<void> {
    await this.session?.publish().catch((error: unknown) => this.notSent(error));
  }

  private notSent(error: unknown): void {
    console.error('publishing failed', error);
    this.emit('announce', 'The change could not be sent to the others.');
  }

  private end(reason: CallEnd): void {
    if (this.phase === 'ended') return;
    this.phase = 'ended';
    this.security?.close();
    this.local.stop();
    this.screen.stop();
    this.wants.close();
    this.firstPictures.clear();
    this.session?.close();
    this.keys.close();
    this.emit('change', undefined);
    this.emit('ended', reason);
  }

  private enter(phase: Phase): void {
    this.phase = phase;
    this.emit('change', undefined);
  }
}

function endOf(reason: RoomEnd): CallEnd {
  return reason === 'replaced' ? 'taken-over' : reason;
}
