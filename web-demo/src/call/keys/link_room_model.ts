// With a link's key, whoever is connected is a participant, and the bridge names it: what its sealed
// state says is taken once that has opened.

import type {EndpointInfo, Joined} from '../../signaling/protocol.js';
import {cleanName, RoomModel} from '../room_model.js';

export class LinkRoomModel extends RoomModel {
  /** Whether others were here when we came: then a key that fits nobody is ours that is wrong. */
  private cameToOthers = false;
  private everOpened = false;

  override applyJoined(joined: Joined): void {
    super.applyJoined(joined);
    if (!joined.resumed) this.cameToOthers = joined.endpoints.length > 0;
  }

  setOpened(endpoint: string, state: {name?: unknown; muted?: unknown}): void {
    if (!this.participants.has(endpoint)) return;
    const muted = (typeof state.muted === 'object' && state.muted !== null ? state.muted : {}) as Record<string, unknown>;
    this.put(endpoint, {
      proof: 'opened', name: cleanName(state.name),
      muted: {microphone: muted['microphone'] === true, camera: muted['camera'] === true},
    });
    this.everOpened = true;
  }

  /** A state that does not open never takes away what an earlier one has proved. */
  setUnreadable(endpoint: string): void {
    const participant = this.participants.get(endpoint);
    if (participant && participant.proof !== 'opened') participant.proof = 'unreadable';
  }

  override wrongKey(): boolean {
    return this.cameToOthers && !this.everOpened && this.participants.size > 0 &&
        this.unreadable().length === this.participants.size;
  }

  protected override connect(info: EndpointInfo): void {
    super.connect(info);
    const {endpoint} = info;
    if (!this.participants.has(endpoint)) this.put(endpoint, {endpoint, proof: info.state ? 'pending' : 'unreadable'});
  }

  protected override disconnect(endpoint: string): void {
    super.disconnect(endpoint);
    this.participants.delete(endpoint);
  }
}
