// Keys of the room's group (MLS): everybody's keys change whenever somebody comes or goes, and who is
// there is what the group says. Its worker and the worker of the frames outlive a connection to the bridge.

import {E2ee, Group} from '@sotto/e2ee';
import type {Environment, SignalingClient} from '../../signaling/client.js';
import {GroupTransport} from '../../signaling/group_transport.js';
import type {Joined, RoomEvent} from '../../signaling/protocol.js';
import {GroupRoom} from '../group_room.js';
import {credentialName} from './credential_name.js';
import {GroupRoomModel} from './group_room_model.js';
import type {Admission, GroupFigures, KeysListener, RoomKeys, Self, SessionKeys, Standing} from './room_keys.js';

const WORKER = '/group.js';
/** After that a person is told that nobody lets them in. */
const UNANSWERED_MS = 10_000;

export interface GroupKeysOptions {
  room: string;
  fragment: string;
  environment: Environment;
}

export class GroupKeys implements RoomKeys {
  readonly mode = 'group';
  room: GroupRoom | null = null;
  group: Group | null = null;
  readonly transport: GroupTransport;
  /** Others were connected when we came first. */
  private cameToOthers = false;
  private cameAt: number | null = null;
  private frames: MessagePort | null = null;
  private e2ee: Promise<E2ee> | null = null;
  private joining: Promise<void> | null = null;
  private session: GroupSession | null = null;
  private closed = false;

  constructor(readonly options: GroupKeysOptions, readonly listener: KeysListener) {
    this.transport = new GroupTransport((ms, action) => options.environment.setTimer(ms, action));
  }

  async open(): Promise<SessionKeys> {
    if (!this.joining) Group.prepare(WORKER);
    this.e2ee ??= E2ee.create({workerUrl: '/worker.js', keyProvider: {connectFrames: (port) => this.connectFrames(port)}});
    return this.session = new GroupSession(this, await this.e2ee);
  }

  /** Once, however many connections there will be. */
  join(self: Self, endpoint: string): void {
    this.joining ??= this.begin(self, endpoint).catch((error: unknown) => {
      console.error('the group could not be joined', error);
      if (!this.closed) this.listener.ended('failed');
    });
  }

  joined(joined: Joined): void {
    if (this.cameAt !== null) return;
    this.cameAt = this.options.environment.now();
    this.cameToOthers = joined.endpoints.length > 0;
  }

  standing(): Standing {
    const {room} = this;
    return {admission: this.admission(), heard: room?.heardByOthers ?? true, encrypted: room?.settings?.mediaEncrypted ?? true};
  }

  async state(): Promise<GroupFigures | null> {
    const {group} = this;
    if (!group) return null;
    const [epoch, agreement, members] = await Promise.all([group.epoch(), group.agreement(), group.members()]);
    return {state: group.state, epoch, agreement, members};
  }

  async leave(): Promise<void> {
    if (this.room) await this.room.leave();
  }

  close(): void {
    this.closed = true;
    this.group?.close();
    this.transport.close();
    void this.e2ee?.then((e2ee) => e2ee.close(), () => undefined);
  }

  /** The model of the page that is shown follows the group. */
  follow(): void {
    this.session?.model.setEncrypted(this.room?.settings?.mediaEncrypted ?? true);
    if (this.session && this.room && this.session.model.setMembers(this.room.others)) this.listener.reseated();
    this.listener.change();
  }

  private async begin(self: Self, endpoint: string): Promise<void> {
    const {room, fragment} = this.options;
    const group = await Group.join({
      room, link: fragment, name: credentialName(self.name), transport: this.transport, endpoint,
      publishes: self.publishes, workerUrl: WORKER,
    });
    if (this.closed) return group.close();
    this.group = group;
    const marks = marksOf(self);
    this.room = new GroupRoom(group, {link: fragment, marks});
    this.room.on('change', () => this.follow());
    this.room.on('announce', (text) => this.listener.announce(text));
    this.room.on('linkChanged', (link) => this.listener.linkChanged(link));
    this.room.on('ended', (reason) => this.listener.ended(reason));
    if (this.frames) group.connectFrames(this.frames);
    await group.setMarks(this.room.marks);
    this.follow();
  }

  /** The frames' worker is there before the group. */
  private connectFrames(port: MessagePort): void {
    this.frames = port;
    this.group?.connectFrames(port);
  }

  /** Who is alone in a group of its own, although others were there before, has been let in by nobody. */
  private admission(): Admission {
    const state = this.room?.state ?? 'new';
    if (state === 'rejoining') return 'rejoining';
    const among = this.room !== null && this.room.others.length > 0;
    if (among) this.cameToOthers = false;
    const inside = state === 'in' || state === 'leaving';
    const others = this.session?.model.connected ?? 0;
    if (inside && (among || !this.cameToOthers || others === 0)) return 'in';
    if (this.room && this.room.answered !== 'none') return this.room.answered;
    const waited = this.cameAt === null ? 0 : this.options.environment.now() - this.cameAt;
    return waited > UNANSWERED_MS ? 'unanswered' : 'joining';
  }
}

class GroupSession implements SessionKeys {
  readonly model = new GroupRoomModel();
  private endpoint = '';

  constructor(private readonly keys: GroupKeys, readonly e2ee: E2ee) {}

  attach(line: SignalingClient, endpoint: string): void {
    this.endpoint = endpoint;
    this.keys.transport.attach(line);
  }

  prepare(): void {}

  async join(self: Self): Promise<null> {
    this.keys.join(self, this.endpoint);
    return null;
  }

  async tell(self: Self): Promise<void> {
    await this.keys.room?.setMarks(marksOf(self));
  }

  joined(joined: Joined): void {
    this.model.applyJoined(joined);
    this.keys.joined(joined);
    this.keys.follow();
  }

  event(event: RoomEvent): void {
    this.model.apply(event);
  }

  standing(): Standing {
    return this.keys.standing();
  }

  /** The worker stays, and its slots are nobody's until the next connection says whose they are. */
  close(): void {
    for (const {slot} of this.model.slotClaims()) this.e2ee.claim(slot, null);
  }
}

function marksOf({publishes, muted}: Self): {publishes: boolean; microphoneMuted: boolean; cameraOff: boolean} {
  return {publishes, microphoneMuted: muted.microphone, cameraOff: muted.camera};
}
