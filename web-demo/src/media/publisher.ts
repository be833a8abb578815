// The connection on which this client sends. It is offered before anyone clicks "Join": the join
// message carries the offer. Senders are sealed as soon as they exist; a camera that goes off, a
// muted microphone and another device are replaceTrack(), never a negotiation.

import type {E2ee} from '@sotto/e2ee';
import {E2ee as Module} from '@sotto/e2ee';
import {Emitter} from '../emitter.js';
import type {PublishAnswer, PublishedTrack, Source} from '../signaling/protocol.js';
import {cameraEncodings, preferCodec, SCREEN_ENCODINGS} from './codecs.js';
import type {PictureSize, VideoCodec} from './codecs.js';
import {withoutPlayoutDelay} from './remote_sdp.js';

interface Events {
  connection: RTCPeerConnectionState;
}

export interface PublishOffer {
  sdp: string;
  tracks: PublishedTrack[];
}

interface Sending {
  transceiver: RTCRtpTransceiver;
  active: boolean;
  work: Promise<void>;
}

export class Publisher extends Emitter<Events> {
  readonly pc: RTCPeerConnection;
  private readonly sending = new Map<Source, Sending>();
  private readonly names = new Map<string, string>();

  constructor(private readonly e2ee: E2ee, private readonly codec: VideoCodec, certificates: RTCCertificate[]) {
    super();
    this.pc = new RTCPeerConnection({...Module.peerConnectionConfig, bundlePolicy: 'max-bundle', certificates});
    this.pc.onconnectionstatechange = () => this.emit('connection', this.pc.connectionState);
  }

  has(source: Source): boolean {
    return this.sending.get(source)?.active === true;
  }

  get sources(): Source[] {
    return [...this.sending].filter(([, sending]) => sending.active).map(([source]) => source);
  }

  /** Whether a source waits for the bridge's answer. */
  unpublished(): boolean {
    return this.sources.some((source) => this.trackName(source) === undefined);
  }

  /** The bridge's name for a track of ours, once it has answered. */
  trackName(source: Source): string | undefined {
    const mid = this.sending.get(source)?.transceiver.mid;
    return this.has(source) && mid ? this.names.get(mid) : undefined;
  }

  /** True: a new m-line or direction is to be negotiated. */
  add(source: Source, track: MediaStreamTrack | null): boolean {
    const known = this.sending.get(source);
    if (known) {
      void this.replace(source, track);
      const changed = !known.active;
      known.active = true;
      known.transceiver.direction = 'sendonly';
      return changed;
    }
    const transceiver = this.pc.addTransceiver(track ?? kindOf(source), {direction: 'sendonly', sendEncodings: this.encodings(source, track)});
    try {
      this.e2ee.attachSender(transceiver.sender, {source});
    } catch (error) {
      // Or the next negotiation, whatever it is for, would send this track in the clear.
      transceiver.stop();
      throw error;
    }
    if (kindOf(source) === 'video') this.orderCodecs(transceiver);
    this.sending.set(source, {transceiver, active: true, work: Promise.resolve()});
    return true;
  }

  remove(source: Source): void {
    const sending = this.sending.get(source);
    if (!sending) return;
    sending.active = false;
    sending.transceiver.direction = 'inactive';
    void this.replace(source, null);
  }

  async replace(source: Source, track: MediaStreamTrack | null): Promise<void> {
    const sending = this.sending.get(source);
    if (!sending) return;
    const {sender} = sending.transceiver;
    // One change after the other: parameters are only good until somebody else sets them.
    sending.work = sending.work.then(async () => {
      if (sender.track !== track) await sender.replaceTrack(track);
      if (track && source === 'camera') await this.fitLayers(sender, track);
    }).catch((error: unknown) => console.error(`the ${source} could not be replaced`, error));
    await sending.work;
  }

  async offer(iceRestart = false): Promise<PublishOffer> {
    const description = await this.pc.createOffer({iceRestart});
    await this.pc.setLocalDescription(description);
    const tracks = [...this.sending]
        .filter(([, sending]) => sending.active && sending.transceiver.mid !== null)
        .map(([source, sending]) => ({mid: sending.transceiver.mid!, source}));
    return {sdp: description.sdp ?? '', tracks};
  }

  async accept(answer: PublishAnswer): Promise<void> {
    await this.pc.setRemoteDescription({type: 'answer', sdp: withoutPlayoutDelay(answer.sdp)});
    this.names.clear();
    for (const {mid, track} of answer.tracks) this.names.set(mid, track);
  }

  /** After a refused offer: back to what both sides agreed on. */
  async rollback(): Promise<void> {
    if (this.pc.signalingState === 'have-local-offer') await this.pc.setLocalDescription({type: 'rollback'});
  }

  close(): void {
    this.pc.onconnectionstatechange = null;
    this.pc.close();
  }

  /** Another camera may have another size. */
  private async fitLayers(sender: RTCRtpSender, track: MediaStreamTrack): Promise<void> {
    const wanted = cameraEncodings(this.codec, sizeOf(track));
    const parameters = sender.getParameters();
    if (parameters.encodings.length !== wanted.length) return;
    const fits = parameters.encodings.every((encoding, index) => {
      const {active, scaleResolutionDownBy} = wanted[index]!;
      return encoding.active === active && encoding.scaleResolutionDownBy === scaleResolutionDownBy;
    });
    if (fits) return;
    parameters.encodings.forEach((encoding, index) => Object.assign(encoding, wanted[index]));
    await sender.setParameters(parameters);
  }

  private encodings(source: Source, track: MediaStreamTrack | null): RTCRtpEncodingParameters[] {
    if (source === 'camera') return cameraEncodings(this.codec, sizeOf(track));
    return source === 'screen' ? SCREEN_ENCODINGS : [{}];
  }

  private orderCodecs(transceiver: RTCRtpTransceiver): void {
    const codecs = RTCRtpSender.getCapabilities?.('video')?.codecs;
    // Firefox's offers after setCodecPreferences() are refused elsewhere, so VP8, which leads by itself, is left alone.
    if (codecs && this.codec !== 'VP8') transceiver.setCodecPreferences(preferCodec(codecs, this.codec));
  }
}

function kindOf(source: Source): 'audio' | 'video' {
  return source === 'camera' || source === 'screen' ? 'video' : 'audio';
}

function sizeOf(track: MediaStreamTrack | null): PictureSize | undefined {
  const {width, height} = track?.getSettings() ?? {};
  return width && height ? {width, height} : undefined;
}
