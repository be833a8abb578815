// The public vocabulary of @sotto/e2ee.

/** What a stream carries; its position is the SFrame context (security profile, section 8). */
export const SOURCES = ['microphone', 'camera', 'screen', 'screen-audio'] as const;
/** One of SOURCES. */
export type Source = (typeof SOURCES)[number];
/** As MediaStreamTrack.kind. */
export type Kind = 'audio' | 'video';

export function kindOf(source: Source): Kind {
  return source === 'camera' || source === 'screen' ? 'video' : 'audio';
}

/** How this browser lets us at encoded frames. */
export type Support = 'script-transform' | 'encoded-streams';

/** Who sits in a receiving slot. */
export interface Occupant {
  /** The member's endpoint; with the app's own keys, the participant's name. */
  endpoint: string;
  source: Source;
}

/** What a member tells the others, sealed. The worker adds `endpoint`, `seq` and `kids`. */
export interface MemberState {
  name: string;
  muted: { microphone: boolean; camera: boolean; [source: string]: boolean };
  [key: string]: unknown;
}

/** Why a frame was not passed on. */
export type DropCause =
  | 'no-key' // no key has been set: a sender never sends in the clear
  | 'unknown-key' // a KID that no opened state has announced, or an index without a key
  | 'expired-key' // sealed with a key whose time was over
  | 'unauthenticated' // the seal does not open: other key, or altered
  | 'replayed' // seen before; browsers deliver a few duplicates themselves
  | 'too-old' // further back than the replay window remembers: late, or replayed
  | 'not-encrypted' // no sealed frame of this format at all
  | 'claim-mismatch' // the bridge's claim and the key disagree about whose frame this is
  | 'kid-in-use' // this member's stream already plays in another slot
  | 'awaiting-key-frame' // a new occupant's picture starts with a key frame
  | 'wrong-codec' // authentic, but not of the codec that this slot decodes: a swapped stream
  | 'empty' // a bandwidth probe: padding that the browser takes for a frame
  | 'malformed' // not a sealed frame, or (sending) a frame that the format cannot parse
  | 'unsupported-codec' // by the browser's word (receiving: the server's), and nobody seals it; not said of what is another's stream
  | 'too-large'
  | 'failed'; // the module itself refused; see the count, and report it

/** What has become of the frames of one attached sender or receiver. */
export interface StreamStats {
  direction: 'send' | 'receive';
  kind: Kind;
  /** Sending streams. */
  source?: Source;
  /** Receiving streams. */
  slot?: string;
  occupant?: Occupant | null;
  /** Receiving streams, with the app's own keys: whose keys open it. */
  participant?: string;
  /**
   * Receiving streams, in a group: how many of the occupant's frames came over 2 s later than it says that it
   * has sent them. While it grows, mark the tile: this is not live.
   */
  lagging?: number;
  /** Frames passed on, and their bytes before (sending) or after (receiving) the seal. */
  frames: number;
  bytes: number;
  /** Frames passed on that carry a whole picture. */
  keyFrames: number;
  /** Frames passed on unsealed, because the app had switched encryption off; not among `frames`. */
  clear: number;
  drops: Partial<Record<DropCause, number>>;
  /**
   * Time in the module a frame, over the last 512 frames, in microseconds; null before the first.
   * As fine as performance.now() is in this page: in steps of 100 without cross-origin isolation,
   * where only the mean says anything about small frames.
   */
  microseconds: { p50: number; p99: number; mean: number } | null;
}

/** A received frame as it came: what the bridge sees too. */
export interface CipherSample {
  slot: string;
  kind: Kind;
  /** The first bytes (96 at most) of the frame, shell included. */
  head: Uint8Array;
  size: number;
  /** The SFrame header's clear numbers, in hexadecimal and decimal; null when not parsable. */
  kid: string | null;
  ctr: string | null;
  /** What the frame claims in the clear to be; null for audio. */
  keyFrame: boolean | null;
}

/** The events of E2ee, by type; what is said about each is in `detail`. */
export interface E2eeEvents {
  /**
   * An authenticated frame of a new occupant has been passed on: the tile may be labelled, at once when
   * nobody was shown in this slot before, else when that frame is displayed.
   */
  occupant: CustomEvent<{ slot: string; first?: FirstPicture } & Occupant>;
  /** Frames of a slot do not open; at most once a second for a slot and cause. */
  decryptionFailed: CustomEvent<DecryptionFailure>;
  /** Frames carry a key number that nothing is known of; at most once a second for a slot. */
  keyMissing: CustomEvent<{ slot: string; kid?: string; participant?: string }>;
  /** A participant has ratcheted its key, which a frame has proved; at most once a second for each. */
  keyRatcheted: CustomEvent<{ participant?: string; index: number }>;
  /**
   * The first frame has left sealed; or (`sealed` false) frames are being dropped for lack of a key;
   * or (`clear` true) they leave in the clear, because the app has switched encryption off.
   */
  sending: CustomEvent<{ source: Source; sealed: boolean; clear: boolean }>;
  /** The worker has died; nothing is sent or received any more. */
  failed: CustomEvent<{ message: string }>;
}

/** What the event decryptionFailed tells. */
/**
 * Which picture is a new occupant's first. Browsers still display what they had buffered of the one
 * before; requestVideoFrameCallback() tells the RTP timestamp of each picture that is displayed.
 */
export interface FirstPicture {
  rtpTimestamp: number;
  /** Of the newest frame passed on before it; null when there was none. */
  after: number | null;
}

/** What the event decryptionFailed tells. */
export interface DecryptionFailure {
  slot: string;
  /** Whose frames they claim to be: the member's endpoint, or the participant's name. */
  endpoint?: string;
  participant?: string;
  cause: DropCause;
  /** Frames since the last event of this slot and cause. */
  count: number;
}
