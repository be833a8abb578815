// The person's own microphone and camera. Tracks live here, outside any PeerConnection. A camera
// that is off is stopped (its light goes out); a muted microphone stays open so that we can say
// "you are muted", but nothing of it is sent.

import {Emitter} from '../emitter.js';
import {audioConstraints, captureSupported, videoConstraints} from './capture.js';
import type {CaptureSize} from './capture.js';
import {troubleOf} from './problems.js';
import type {DeviceKind, Trouble} from './problems.js';
import type {Preferences} from './preferences.js';

interface Events {
  /** Anything that is shown changed. */
  change: undefined;
  /** What is to be sent for that source changed; null: nothing. */
  send: {source: DeviceKind; track: MediaStreamTrack | null};
}

export interface DeviceLists {
  microphones: MediaDeviceInfo[];
  cameras: MediaDeviceInfo[];
  speakers: MediaDeviceInfo[];
}

export class LocalMedia extends Emitter<Events> {
  microphone: MediaStreamTrack | null = null;
  camera: MediaStreamTrack | null = null;
  readonly trouble: Partial<Record<DeviceKind, Trouble>> = {};
  devices: DeviceLists = {microphones: [], cameras: [], speakers: []};
  private asking: Promise<void> | null = null;

  constructor(readonly preferences: Preferences, private readonly size: CaptureSize) {
    super();
    navigator.mediaDevices?.addEventListener?.('devicechange', () => void this.refreshDevices());
  }

  get microphoneOn(): boolean {
    return this.preferences.microphoneOn && this.microphone !== null;
  }
  get cameraOn(): boolean {
    return this.preferences.cameraOn && this.camera !== null;
  }
  get busy(): boolean {
    return this.asking !== null;
  }

  /** What goes out for that source now. */
  outgoing(source: DeviceKind): MediaStreamTrack | null {
    return source === 'microphone' ? this.microphoneOn ? this.microphone : null : this.cameraOn ? this.camera : null;
  }

  /** Asks for both at once, so that there is one question; then for each alone. */
  start(): Promise<void> {
    return this.exclusively(async () => {
      if (!captureSupported()) {
        this.trouble.microphone = this.trouble.camera = 'insecure';
        return;
      }
      const camera = this.preferences.cameraOn;
      try {
        this.take(await navigator.mediaDevices.getUserMedia({
          audio: audioConstraints(this.preferences.microphone),
          video: camera ? videoConstraints(this.preferences.camera, this.size) : false,
        }));
      } catch {
        await this.open('microphone');
        if (camera) await this.open('camera');
      }
      // Whoever has joined in the meantime sends from now on.
      for (const source of ['microphone', 'camera'] as const) {
        if (this.outgoing(source)) this.emit('send', {source, track: this.outgoing(source)});
      }
      await this.refreshDevices();
    });
  }

  setMicrophoneOn(on: boolean): Promise<void> {
    return this.exclusively(async () => {
      this.preferences.microphoneOn = on;
      if (on && !this.microphone) await this.open('microphone');
      this.emit('send', {source: 'microphone', track: this.outgoing('microphone')});
    });
  }

  setCameraOn(on: boolean): Promise<void> {
    return this.exclusively(async () => {
      this.preferences.cameraOn = on;
      if (on && !this.camera) await this.open('camera');
      if (!on) this.release('camera');
      this.emit('send', {source: 'camera', track: this.outgoing('camera')});
    });
  }

  /** In mid-call too: the sender's track is replaced, nothing is negotiated. */
  chooseDevice(source: DeviceKind, deviceId: string): Promise<void> {
    return this.exclusively(async () => {
      this.preferences[source] = deviceId;
      if (source === 'camera' && !this.preferences.cameraOn) return;
      this.release(source);
      await this.open(source);
      this.emit('send', {source, track: this.outgoing(source)});
    });
  }

  stop(): void {
    this.release('microphone');
    this.release('camera');
  }

  private async open(source: DeviceKind): Promise<void> {
    delete this.trouble[source];
    if (!captureSupported()) {
      this.trouble[source] = 'insecure';
      return;
    }
    const ask = async (deviceId: string): Promise<void> => this.take(await navigator.mediaDevices.getUserMedia(
        source === 'microphone' ? {audio: audioConstraints(deviceId)} : {video: videoConstraints(deviceId, this.size)}));
    try {
      // The device that was chosen, and another only when that one is no longer there.
      await ask(this.preferences[source]).catch((error: unknown) => {
        if (this.preferences[source] === '' || troubleOf(error) !== 'missing') throw error;
        return ask('');
      });
    } catch (error) {
      this.trouble[source] = troubleOf(error);
    }
  }

  private take(stream: MediaStream): void {
    for (const track of stream.getTracks()) {
      const source: DeviceKind = track.kind === 'audio' ? 'microphone' : 'camera';
      this[source]?.stop();
      this[source] = track;
      delete this.trouble[source];
      if (source === 'camera') track.contentHint = 'motion';
      track.onended = () => void this.onUnplugged(source, track);
    }
  }

  private release(source: DeviceKind): void {
    const track = this[source];
    this[source] = null;
    if (!track) return;
    track.onended = null;
    track.stop();
  }

  /** Falls back to another device of its kind, if there is one. */
  private onUnplugged(source: DeviceKind, track: MediaStreamTrack): Promise<void> {
    return this.exclusively(async () => {
      if (this[source] !== track) return;
      this[source] = null;
      this.preferences[source] = '';
      await this.open(source);
      if (!this[source]) this.trouble[source] = 'unplugged';
      this.emit('send', {source, track: this.outgoing(source)});
    });
  }

  private async refreshDevices(): Promise<void> {
    const all = await navigator.mediaDevices?.enumerateDevices?.().catch(() => []) ?? [];
    const of = (kind: MediaDeviceKind) => all.filter((device) => device.kind === kind && device.deviceId !== '');
    this.devices = {microphones: of('audioinput'), cameras: of('videoinput'), speakers: of('audiooutput')};
    this.emit('change', undefined);
  }

  /** One change of devices after the other, each told when it starts and when it is done. */
  private exclusively(action: () => Promise<void>): Promise<void> {
    const turn = (this.asking ?? Promise.resolve()).then(action).finally(() => {
      if (this.asking === turn) this.asking = null;
      this.emit('change', undefined);
    });
    this.asking = turn;
    this.emit('change', undefined);
    return turn;
  }
}
