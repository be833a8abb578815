// Who is here and who sits where: the bridge's claims on one side, what the keys have proved on
// the other. Nothing of the bridge's word alone puts a name or a picture on a tile.

import type {EndpointInfo, Group, Joined, RoomEvent, SeatClaim, SeatMids, Source, Track} from '../signaling/protocol.js';

/** `opened`: its sealed state opened under our key. `unreadable`: it did not, or there is none. */
export type Proof = 'pending' | 'opened' | 'unreadable';

export interface Participant {
  endpoint: string;
  proof: Proof;
  /** From the sealed state, null until it is opened. */
  name: string | null;
  muted: {microphone: boolean; camera: boolean};
  tracks: Track[];
  /** Order of arrival, so that tiles stay where they are. */
  order: number;
}

export interface Tile {
  /** `<endpoint>/<group>` */
  key: string;
  endpoint: string;
  group: Group;
  proof: Proof;
  name: string | null;
  microphoneOn: boolean;
  /** A picture is meant to be there. */
  cameraOn: boolean;
  /** The mid whose frames were opened as this person's picture; null: show the avatar. */
  videoSlot: string | null;
  audioSlot: string | null;
  /** A claimed slot in which nobody has been seen yet: its picture can be made ready, not shown. */
  pendingSlot: string | null;
}

export interface SlotOccupant {
  endpoint: string;
  source: Source;
}

export const VIDEO_OF: Record<Group, Source> = {camera: 'camera', screen: 'screen'};
export const AUDIO_OF: Record<Group, Source> = {camera: 'microphone', screen: 'screen-audio'};

export interface SlotClaim {
  slot: string;
  occupant: SlotOccupant | null;
}

export class RoomModel {
  readonly participants = new Map<string, Participant>();
  readonly mids = new Map<number, SeatMids>();
  readonly claims = new Map<number, SeatClaim>();
  /** By the keys; null: somebody was there before. */
  readonly occupants = new Map<string, SlotOccupant | null>();
  /** Whether others were here when we came: then a key that fits nobody is ours that is wrong. */
  cameToOthers = false;
  everOpened = false;
  private arrivals = 0;

  /** A full snapshot. Returns the endpoints whose state is to be opened. */
  applyJoined(joined: Joined): EndpointInfo[] {
    const present = new Set(joined.endpoints.map((info) => info.endpoint));
    for (const endpoint of this.participants.keys()) {
      if (!present.has(endpoint)) this.remove(endpoint);
    }
    if (!joined.resumed) this.cameToOthers = joined.endpoints.length > 0;
    for (const info of joined.endpoints) this.add(info);
    return joined.endpoints;
  }

  apply(event: RoomEvent): void {
    switch (event.type) {
      case 'endpoint-joined': this.add(event); break;
      case 'endpoint-left': this.remove(event.endpoint); break;
      case 'tracks': {
        const participant = this.participants.get(event.endpoint);
        if (participant) participant.tracks = event.tracks;
        break;
      }
    }
  }

  applyMids(seats: SeatMids[]): void {
    for (const seat of seats) this.mids.set(seat.seat, seat);
    this.vacateDisputed();
  }

  /** `full`: a snapshot, in which a seat that is not listed is empty. */
  applySeats(seats: SeatClaim[], full = false): void {
    if (full) this.claims.clear();
    for (const seat of seats) this.claims.set(seat.seat, seat);
    this.vacateDisputed();
  }

  /** What the bridge claims of every slot, for the worker to hold against the keys. */
  slotClaims(): SlotClaim[] {
    const claims: SlotClaim[] = [];
    for (const [seat, mids] of this.mids) {
      const claim = this.claims.get(seat);
      const {endpoint, group} = claim ?? {};
      const occupant = (source: Source, track?: string) => endpoint && track ? {endpoint, source} : null;
      if (mids.audio) claims.push({slot: mids.audio, occupant: group ? occupant(AUDIO_OF[group], claim?.audio) : null});
      if (mids.video) claims.push({slot: mids.video, occupant: group ? occupant(VIDEO_OF[group], claim?.video) : null});
    }
    return claims;
  }

  /** False: an m-line that the bridge put into its SDP and into no seat. Nobody may be heard there. */
  listsSlot(slot: string): boolean {
    for (const {audio, video} of this.mids.values()) if (slot === audio || slot === video) return true;
    return false;
  }

  /** null: a new one has been proved, but is not displayed yet. */
  setOccupant(slot: string, occupant: SlotOccupant | null): void {
    this.occupants.set(slot, occupant);
  }

  setOpened(endpoint: string, state: {name?: unknown; muted?: unknown}): void {
    const participant = this.participants.get(endpoint);
    if (!participant) return;
    const muted = (typeof state.muted === 'object' && state.muted !== null ? state.muted : {}) as Record<string, unknown>;
    participant.proof = 'opened';
    participant.name = cleanName(state.name);
    participant.muted = {microphone: muted['microphone'] === true, camera: muted['camera'] === true};
    this.everOpened = true;
  }

  /** A state that does not open never takes away what an earlier one has proved. */
  setUnreadable(endpoint: string): void {
    const participant = this.participants.get(endpoint);
    if (participant && participant.proof !== 'opened') participant.proof = 'unreadable';
  }

  /** By the tracks that the bridge lists and the sealed marks: whether there should be frames. */
  sends(endpoint: string, source: Source): boolean {
    const person = this.participants.get(endpoint);
    if (!person?.tracks.some((track) => track.source === source && !track.paused)) return false;
    return source === 'microphone' ? !person.muted.microphone : source !== 'camera' || !person.muted.camera;
  }

  unreadable(): Participant[] {
    return [...this.participants.values()].filter((participant) => participant.proof === 'unreadable');
  }

  /** Nobody whom we found here can be read: our link is wrong, not theirs. */
  wrongKey(): boolean {
    return this.cameToOthers && !this.everOpened && this.participants.size > 0 &&
        this.unreadable().length === this.participants.size;
  }

  tiles(): Tile[] {
    const people = [...this.participants.values()].sort((a, b) => a.order - b.order);
    const tiles: Tile[] = [];
    for (const person of people) {
      if (person.tracks.some((track) => track.source === 'screen')) tiles.push(this.tile(person, 'screen'));
    }
    for (const person of people) tiles.push(this.tile(person, 'camera'));
    return tiles;
  }

  private tile(person: Participant, group: Group): Tile {
    const pictured = this.sends(person.endpoint, VIDEO_OF[group]);
    return {
      key: `${person.endpoint}/${group}`,
      endpoint: person.endpoint,
      group,
      proof: person.proof,
      name: person.name,
      microphoneOn: this.microphoneOn(person, group),
      cameraOn: pictured,
      videoSlot: pictured ? this.provenSlot(person.endpoint, group, 'video') : null,
      audioSlot: this.provenSlot(person.endpoint, group, 'audio'),
      pendingSlot: pictured ? this.freshSlot(person.endpoint, group) : null,
    };
  }

  /** The mark is the person's own word: a bridge that lists no track must not make one look muted. */
  private microphoneOn(person: Participant, group: Group): boolean {
    if (group === 'camera' && person.proof === 'opened') return !person.muted.microphone;
    return this.sends(person.endpoint, AUDIO_OF[group]);
  }

  /** The slot that the bridge claims for it and in which a frame of its key has been opened. */
  private provenSlot(endpoint: string, group: Group, kind: 'audio' | 'video'): string | null {
    const source = kind === 'audio' ? AUDIO_OF[group] : VIDEO_OF[group];
    for (const [seat, claim] of this.claims) {
      if (claim.endpoint !== endpoint || claim.group !== group || !claim[kind]) continue;
      const slot = this.mids.get(seat)?.[kind];
      const occupant = slot === undefined ? undefined : this.occupants.get(slot);
      if (slot !== undefined && occupant?.endpoint === endpoint && occupant.source === source) return slot;
    }
    return null;
  }

  private freshSlot(endpoint: string, group: Group): string | null {
    for (const [seat, claim] of this.claims) {
      if (claim.endpoint !== endpoint || claim.group !== group || !claim.video) continue;
      const slot = this.mids.get(seat)?.video;
      if (slot !== undefined && !this.occupants.has(slot)) return slot;
    }
    return null;
  }

  /** As the worker does: where claim and key disagree, whoever comes next is to be proved anew. */
  private vacateDisputed(): void {
    for (const {slot, occupant} of this.slotClaims()) {
      const proven = this.occupants.get(slot);
      if (!proven || (occupant?.endpoint === proven.endpoint && occupant.source === proven.source)) continue;
      this.occupants.set(slot, null);
    }
  }

  private add(info: EndpointInfo): void {
    const known = this.participants.get(info.endpoint);
    if (known) {
      known.tracks = info.tracks ?? [];
      return;
    }
    this.participants.set(info.endpoint, {
      endpoint: info.endpoint,
      proof: info.state ? 'pending' : 'unreadable',
      name: null,
      muted: {microphone: false, camera: false},
      tracks: info.tracks ?? [],
      order: this.arrivals++,
    });
  }

  private remove(endpoint: string): void {
    this.participants.delete(endpoint);
  }
}

const MAX_NAME = 60;

/** A name is another person's text: no control or direction-changing characters, no novel. */
export function cleanName(name: unknown): string | null {
  if (typeof name !== 'string') return null;
  const clean = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim();
  return clean === '' ? null : [...clean].slice(0, MAX_NAME).join('');
}
