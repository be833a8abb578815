// Who is here and who sits where: the bridge's claims on one side, what the keys have proved on
// the other. Nothing of the bridge's word alone puts a name or a picture on a tile.

import type {Reachability, Standing} from '@sotto/e2ee';
import type {EndpointInfo, Group, Joined, RoomEvent, SeatClaim, SeatMids, Source, Track} from '../signaling/protocol.js';

/** `opened`: the keys have shown who it is. `unreadable`: they fit nothing of it. */
export type Proof = 'pending' | 'opened' | 'unreadable';

/** What a group says of a member, for the marks on its tile. Without a group there is none of it. */
export interface MemberMarks {
  reachability: Reachability | null;
  standing: Standing | null;
  handRaised: boolean;
  /** False: this one does not hear the others. */
  caughtUp: boolean;
}

export interface Participant extends MemberMarks {
  /** As the keys name it, and E2ee's events: a member's id in its group; with a link's key the bridge's endpoint. */
  id: string;
  /** The bridge's connection that its streams come from; null: not known yet. */
  endpoint: string | null;
  proof: Proof;
  /** As the keys have shown it, null before that. */
  name: string | null;
  muted: {microphone: boolean; camera: boolean};
  /** Order of arrival, so that tiles stay where they are. */
  order: number;
}

export interface Tile extends MemberMarks {
  /** `<id>/<group>` */
  key: string;
  /** The participant's id. */
  endpoint: string;
  group: Group;
  proof: Proof;
  name: string | null;
  microphoneOn: boolean;
  /** The bridge says that the connection has gone, and the keys not yet that the person has. */
  leaving: boolean;
  /** A picture is meant to be there. */
  cameraOn: boolean;
  /** The mid whose frames were opened as this person's picture; null: show the avatar. */
  videoSlot: string | null;
  audioSlot: string | null;
  /** A claimed slot in which nobody has been seen yet: its picture can be made ready, not shown. */
  pendingSlot: string | null;
}

/** `endpoint` is a participant's id. */
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

const NO_MARKS: MemberMarks = {reachability: null, standing: null, handRaised: false, caughtUp: true};

function isSame(a: SlotOccupant | null | undefined, b: SlotOccupant | null): boolean {
  return a != null && b !== null && a.endpoint === b.endpoint && a.source === b.source;
}

/** Who is on the page, is for the keys to say: see keys/. The bridge says who is connected, and sits where. */
export class RoomModel {
  readonly participants = new Map<string, Participant>();
  /** By endpoint: what the bridge says that it sends. */
  protected readonly connections = new Map<string, Track[]>();
  /** Endpoints that the bridge says have gone. */
  private readonly gone = new Set<string>();
  readonly mids = new Map<number, SeatMids>();
  readonly claims = new Map<number, SeatClaim>();
  /** By the keys; null: somebody was there before. */
  readonly occupants = new Map<string, SlotOccupant | null>();
  private encrypted = true;
  /** Where encryption has just come back: shown as before, and not proved yet. */
  private readonly assumed = new Map<string, SlotOccupant>();
  private arrivals = 0;

  /**
   * Without encryption nothing is proved: who is shown where is the bridge's word. When it comes back, that
   * goes on until sealed frames that say who it is are displayed, so that nobody's picture goes for a moment.
   */
  setEncrypted(on: boolean): void {
    if (on === this.encrypted) return;
    this.encrypted = on;
    this.assumed.clear();
    if (!on) return this.occupants.clear();
    for (const {slot, occupant} of this.slotClaims()) {
      // The frames' worker may have been quicker.
      if (occupant && !isSame(this.occupants.get(slot), occupant)) this.assumed.set(slot, occupant);
    }
  }

  /** Slots in which there should be frames, and what is displayed is nobody's by the keys. */
  unproved(): number {
    return [...this.assumed.values()].filter(({endpoint, source}) => this.sends(endpoint, source)).length;
  }

  /** A full snapshot. */
  applyJoined(joined: Joined): void {
    const present = new Set(joined.endpoints.map((info) => info.endpoint));
    for (const endpoint of this.connections.keys()) {
      if (!present.has(endpoint)) this.disconnect(endpoint);
    }
    for (const info of joined.endpoints) this.connect(info);
  }

  apply(event: RoomEvent): void {
    switch (event.type) {
      case 'endpoint-joined': this.connect(event); break;
      case 'endpoint-left': this.disconnect(event.endpoint); break;
      case 'tracks':
        if (this.connections.has(event.endpoint)) this.connections.set(event.endpoint, event.tracks);
        break;
    }
  }

  /** How many others the bridge says are connected. */
  get connected(): number {
    return this.connections.size;
  }

  /** Whoever the keys say is at this connection. */
  idAt(endpoint: string): string | null {
    for (const {id, endpoint: at} of this.participants.values()) if (at === endpoint) return id;
    return null;
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
      const {group} = claim ?? {};
      const endpoint = this.claimedId(claim);
      const occupant = (source: Source, track?: string) => endpoint !== null && track ? {endpoint, source} : null;
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

  setOccupant(slot: string, occupant: SlotOccupant): void {
    this.occupants.set(slot, occupant);
    this.assumed.delete(slot);
  }

  /** It has been proved, and is not displayed yet. */
  expectOccupant(slot: string, occupant: SlotOccupant): void {
    this.occupants.set(slot, null);
    if (!isSame(this.assumed.get(slot), occupant)) this.assumed.delete(slot);
  }

  /** By the tracks that the bridge lists and the person's own marks: whether there should be frames. */
  sends(id: string, source: Source): boolean {
    const person = this.participants.get(id);
    if (!person || !this.tracksOf(person).some((track) => track.source === source && !track.paused)) return false;
    return source === 'microphone' ? !person.muted.microphone : source !== 'camera' || !person.muted.camera;
  }

  /** Those whom no key of ours fits. */
  unreadable(): Participant[] {
    return [...this.participants.values()].filter((participant) => participant.proof === 'unreadable');
  }

  /** Nobody whom we found here can be read: our link is wrong, not theirs. */
  wrongKey(): boolean {
    return false;
  }

  tiles(): Tile[] {
    const people = [...this.participants.values()].sort((a, b) => a.order - b.order);
    const tiles: Tile[] = [];
    for (const person of people) {
      if (this.tracksOf(person).some((track) => track.source === 'screen')) tiles.push(this.tile(person, 'screen'));
    }
    for (const person of people) tiles.push(this.tile(person, 'camera'));
    return tiles;
  }

  private tile(person: Participant, group: Group): Tile {
    const {id, proof, name, reachability, standing, handRaised, caughtUp} = person;
    const pictured = this.sends(id, VIDEO_OF[group]);
    return {
      key: `${id}/${group}`,
      endpoint: id,
      group, proof, name, reachability, standing, handRaised, caughtUp,
      leaving: person.endpoint !== null && this.gone.has(person.endpoint),
      microphoneOn: this.microphoneOn(person, group),
      cameraOn: pictured,
      videoSlot: pictured ? this.provenSlot(id, group, 'video') : null,
      audioSlot: this.provenSlot(id, group, 'audio'),
      pendingSlot: pictured ? this.freshSlot(id, group) : null,
    };
  }

  /** The mark is the person's own word: a bridge that lists no track must not make one look muted. */
  private microphoneOn(person: Participant, group: Group): boolean {
    if (group === 'camera' && person.proof === 'opened') return !person.muted.microphone;
    return this.sends(person.id, AUDIO_OF[group]);
  }

  /** The slot that the bridge claims for it and in which a frame of its key has been opened; see setEncrypted(). */
  private provenSlot(id: string, group: Group, kind: 'audio' | 'video'): string | null {
    const source = kind === 'audio' ? AUDIO_OF[group] : VIDEO_OF[group];
    for (const [seat, claim] of this.claims) {
      if (this.claimedId(claim) !== id || claim.group !== group || !claim[kind]) continue;
      const slot = this.mids.get(seat)?.[kind];
      if (slot === undefined) continue;
      const shown = this.occupants.get(slot) ?? this.assumed.get(slot);
      if (!this.encrypted || isSame(shown, {endpoint: id, source})) return slot;
    }
    return null;
  }

  private freshSlot(id: string, group: Group): string | null {
    for (const [seat, claim] of this.claims) {
      if (this.claimedId(claim) !== id || claim.group !== group || !claim.video) continue;
      const slot = this.mids.get(seat)?.video;
      if (slot !== undefined && !this.occupants.has(slot)) return slot;
    }
    return null;
  }

  /** As the worker does: where claim and key disagree, whoever comes next is to be proved anew. */
  protected vacateDisputed(): void {
    for (const {slot, occupant} of this.slotClaims()) {
      const proven = this.occupants.get(slot);
      if (proven && !isSame(proven, occupant)) this.occupants.set(slot, null);
      if (!isSame(this.assumed.get(slot), occupant)) this.assumed.delete(slot);
    }
  }

  protected put(id: string, found: Partial<Participant>): void {
    const known = this.participants.get(id) ?? {
      id, endpoint: null, proof: 'pending', name: null, muted: {microphone: false, camera: false}, ...NO_MARKS, order: this.arrivals++,
    };
    this.participants.set(id, {...known, ...found});
  }

  /** The bridge says that it is connected, or what it sends. */
  protected connect(info: EndpointInfo): void {
    this.gone.delete(info.endpoint);
    this.connections.set(info.endpoint, info.tracks ?? []);
  }

  protected disconnect(endpoint: string): void {
    if (!this.connections.delete(endpoint)) return;
    if (this.gone.size >= MAX_GONE) this.gone.clear();
    this.gone.add(endpoint);
  }

  private tracksOf({endpoint}: Participant): Track[] {
    return endpoint === null ? [] : this.connections.get(endpoint) ?? [];
  }

  private claimedId(claim: SeatClaim | undefined): string | null {
    return claim?.endpoint === undefined ? null : this.idAt(claim.endpoint);
  }
}

const MAX_NAME = 60;
const MAX_GONE = 1000;

/** A name is another person's text: no control or direction-changing characters, no novel. */
export function cleanName(name: unknown): string | null {
  if (typeof name !== 'string') return null;
  const clean = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim();
  return clean === '' ? null : [...clean].slice(0, MAX_NAME).join('');
}
