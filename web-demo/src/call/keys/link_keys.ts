// Keys that come from the room's link alone (`?keys=link`). What one says of oneself goes through the
// bridge as a text that is sealed with them. The page says what they do not promise.

import {E2ee, LinkKeyProvider} from '@sotto/e2ee';
import {linkKey} from '../../link.js';
import type {SignalingClient} from '../../signaling/client.js';
import type {Joined, RoomEvent} from '../../signaling/protocol.js';
import {LinkRoomModel} from './link_room_model.js';
import {LinkRoster} from './link_roster.js';
import type {KeysListener, RoomKeys, Self, SessionKeys, Standing} from './room_keys.js';

export class LinkKeys implements RoomKeys {
  readonly mode = 'link';
  readonly room = null;

  constructor(private readonly options: {room: string; fragment: string}, private readonly listener: KeysListener) {}

  async open(): Promise<SessionKeys> {
    const {room, fragment} = this.options;
    const keyProvider = new LinkKeyProvider({room, ...linkKey(fragment)});
    return new LinkSession(await E2ee.create({workerUrl: '/worker.js', keyProvider}), this.listener);
  }

  async state(): Promise<null> {
    return null;
  }

  async leave(): Promise<void> {}

  close(): void {}
}

class LinkSession implements SessionKeys {
  readonly model = new LinkRoomModel();
  private readonly roster: LinkRoster;
  private line: SignalingClient | null = null;
  private endpoint = '';
  private ahead: {text: string; sealed: Promise<string>} | null = null;
  private told: string | null = null;

  constructor(readonly e2ee: E2ee, listener: KeysListener) {
    this.roster = new LinkRoster(e2ee, this.model, (text) => listener.announce(text), () => listener.change());
  }

  attach(line: SignalingClient, endpoint: string): void {
    this.line = line;
    this.endpoint = endpoint;
    line.on('state', (state) => {
      if (state === 'reconnecting') this.told = null;
    });
  }

  prepare(self: Self): void {
    void this.seal(self);
  }

  async join(self: Self): Promise<string> {
    return this.told = await this.seal(self);
  }

  /** Nothing when the others have been told just that. */
  async tell(self: Self): Promise<void> {
    const sealed = this.seal(self);
    const state = await sealed;
    if (this.ahead?.sealed !== sealed || state === this.told) return;
    if (this.line?.state === 'joined') this.told = state;
    this.line?.tell({type: 'state', state});
  }

  joined(joined: Joined): void {
    this.roster.forgetAllBut(new Set(joined.endpoints.map((info) => info.endpoint)));
    this.model.applyJoined(joined);
    for (const info of joined.endpoints) void this.roster.open(info.endpoint, info.state);
  }

  event(event: RoomEvent): void {
    if (event.type === 'endpoint-left') this.roster.left(event.endpoint);
    this.model.apply(event);
    if (event.type === 'endpoint-joined' || event.type === 'state') void this.roster.open(event.endpoint, event.state);
  }

  standing(): Standing {
    return {admission: 'in', heard: true, encrypted: true};
  }

  close(): void {
    this.e2ee.close();
  }

  private seal({name, muted}: Self): Promise<string> {
    const state = {name, muted};
    const text = JSON.stringify(state);
    if (this.ahead?.text !== text) this.ahead = {text, sealed: this.e2ee.sealState(this.endpoint, state)};
    return this.ahead.sealed;
  }
}
