// The connection on which this client receives: the bridge offers a growing pool of slots, one
// m-line each. Whose media is in a slot is told by the key that opens it (RoomModel), not here.

import type {E2ee} from '@sotto/e2ee';
import {E2ee as Module} from '@sotto/e2ee';
import {Emitter} from '../emitter.js';
import type {Offer} from '../signaling/protocol.js';
import {withoutPlayoutDelay} from './remote_sdp.js';

interface Events {
  connection: RTCPeerConnectionState;
  slot: {slot: string; track: MediaStreamTrack};
}

export class Subscriber extends Emitter<Events> {
  readonly pc: RTCPeerConnection;
  readonly tracks = new Map<string, MediaStreamTrack>();
  readonly receivers = new Map<string, RTCRtpReceiver>();
  private work: Promise<unknown> = Promise.resolve();
  private latest = -1;

  constructor(private readonly e2ee: E2ee, certificates: RTCCertificate[]) {
    super();
    this.pc = new RTCPeerConnection({...Module.peerConnectionConfig, bundlePolicy: 'max-bundle', certificates});
    this.pc.onconnectionstatechange = () => this.emit('connection', this.pc.connectionState);
    this.pc.ontrack = (event) => this.onTrack(event);
  }

  /** null when a newer offer has overtaken this one. */
  answer(offer: Offer): Promise<string | null> {
    this.latest = Math.max(this.latest, offer.generation);
    const turn = this.work.then(() => this.answerNow(offer));
    this.work = turn.catch(() => undefined);
    return turn;
  }

  close(): void {
    this.pc.onconnectionstatechange = null;
    this.pc.ontrack = null;
    this.pc.close();
  }

  private async answerNow(offer: Offer): Promise<string | null> {
    if (offer.generation < this.latest || this.pc.signalingState === 'closed') return null;
    await this.pc.setRemoteDescription({type: 'offer', sdp: withoutPlayoutDelay(offer.sdp)});
    const answer = await this.pc.createAnswer();
    await this.pc.setLocalDescription(answer);
    return answer.sdp ?? '';
  }

  private onTrack({transceiver, receiver, track}: RTCTrackEvent): void {
    const slot = transceiver.mid;
    if (slot === null || this.tracks.has(slot)) return;
    this.e2ee.attachReceiver(receiver, {slot, kind: track.kind === 'audio' ? 'audio' : 'video'});
    this.tracks.set(slot, track);
    this.receivers.set(slot, receiver);
    this.emit('slot', {slot, track});
  }
}
