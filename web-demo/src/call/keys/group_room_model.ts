// In a group the participants are its members, whoever is connected. A connection that no member is
// known to be at has no tile.

import type {GroupMember} from '@sotto/e2ee';
import {RoomModel} from '../room_model.js';

export class GroupRoomModel extends RoomModel {
  /** All others of the group, in its order. True: what the bridge claims of a seat now means somebody else. */
  setMembers(members: GroupMember[]): boolean {
    const before = JSON.stringify(this.slotClaims());
    const ids = new Set(members.map(({id}) => id));
    for (const id of this.participants.keys()) if (!ids.has(id)) this.participants.delete(id);
    for (const member of members) this.putMember(member);
    this.vacateDisputed();
    return JSON.stringify(this.slotClaims()) !== before;
  }

  private putMember({id, endpoint, name, reachability, standing, caughtUp, marks}: GroupMember): void {
    this.put(id, {
      endpoint, name, reachability, standing, caughtUp,
      proof: reachability === 'unconfirmed' ? 'pending' : 'opened',
      muted: {microphone: marks.microphoneMuted, camera: marks.cameraOff},
      handRaised: marks.handRaised,
    });
  }
}
