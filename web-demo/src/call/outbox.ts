// What of one's own media goes out in a session, and the marks that tell the others about it.

import type {LocalMedia} from '../media/local_media.js';
import type {DeviceKind} from '../media/problems.js';
import type {Source} from '../signaling/protocol.js';
import type {Self} from './keys/room_keys.js';
import type {ScreenShare} from './screen_share.js';
import type {Session} from './session.js';

const DEVICES: readonly DeviceKind[] = ['microphone', 'camera'];

export class Outbox {
  constructor(private readonly local: LocalMedia, private readonly screen: ScreenShare) {}

  self(): Self {
    const {microphone, camera} = this.local;
    return {
      name: this.local.preferences.name, muted: {microphone: !this.local.microphoneOn, camera: !this.local.cameraOn},
      publishes: microphone !== null || camera !== null || this.screen.stream !== null,
    };
  }

  /** What is captured and meant to go out now. */
  live(): Source[] {
    const sources: Source[] = DEVICES.filter((source) => this.local.outgoing(source));
    return this.screen.stream ? [...sources, 'screen'] : sources;
  }

  /** What a join will carry: sources that have a track, even when they are off for now. */
  prepare(session: Session): void {
    const tracks = new Map<Source, MediaStreamTrack | null>();
    for (const source of DEVICES) {
      if (this.local[source] || session.publisher.has(source)) tracks.set(source, this.local.outgoing(source));
    }
    session.prepare(tracks, this.self());
  }

  /** Brings the bridge up to date with what changed while the join or an outage lasted. */
  async catchUp(session: Session): Promise<void> {
    for (const source of DEVICES) {
      const track = this.local.outgoing(source);
      if (session.publisher.has(source)) await session.publisher.replace(source, track);
      else if (track) session.publisher.add(source, track);
    }
    if (session.publisher.unpublished()) await session.publish();
    for (const source of DEVICES) {
      if (session.publisher.has(source) && !this.local.outgoing(source)) session.pause(source, true);
    }
    await session.keys.tell(this.self());
  }

  async send(session: Session, source: DeviceKind, track: MediaStreamTrack | null): Promise<void> {
    if (session.publisher.has(source)) {
      // The mark goes first when something ends, and last when it begins.
      if (!track) await session.keys.tell(this.self());
      await session.publisher.replace(source, track);
      session.pause(source, track === null);
    } else if (track) {
      session.publisher.add(source, track);
      await session.publish();
    }
    await session.keys.tell(this.self());
  }
}
