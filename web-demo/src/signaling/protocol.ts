// The messages of docs/protocol.md, version 1.

export type Source = 'microphone' | 'camera' | 'screen' | 'screen-audio';
export type Group = 'camera' | 'screen';

export interface Track {
  track: string;
  source: Source;
  paused?: boolean;
}
export interface EndpointInfo {
  endpoint: string;
  state?: string;
  tracks?: Track[];
}
export interface PublishedTrack {
  mid: string;
  source: Source;
}
export interface SeatMids {
  seat: number;
  audio?: string;
  video?: string;
}
export interface SeatClaim {
  seat: number;
  endpoint?: string;
  group?: Group;
  audio?: string;
  video?: string;
}
export interface Want {
  endpoint: string;
  group: Group;
  height: number;
}

export interface Offer {
  type: 'offer';
  generation: number;
  sdp: string;
  seats: SeatMids[];
}
export interface PublishAnswer {
  sdp: string;
  tracks: {mid: string; track: string}[];
}
/** Largest messages of the group's delivery. */
export interface DeliveryLimits {
  handshakeBytes: number;
  keyPackageBytes: number;
  welcomeBytes: number;
  applicationBytes: number;
}
export interface Joined {
  type: 'joined';
  id?: number;
  version: number;
  room: string;
  endpoint: string;
  resume: string;
  resumed: boolean;
  endpoints: EndpointInfo[];
  publish?: PublishAnswer;
  seats?: SeatClaim[];
  offer?: Offer;
  limits?: {seats?: number; stateBytes?: number; messageBytes?: number; resumeSeconds?: number; delivery?: DeliveryLimits};
}

export type RoomEvent =
    | {type: 'endpoint-joined'; endpoint: string; state?: string; tracks?: Track[]}
    | {type: 'endpoint-left'; endpoint: string; reason?: string}
    | {type: 'tracks'; endpoint: string; tracks: Track[]}
    | {type: 'state'; endpoint: string; state: string}
    | {type: 'speakers'; endpoints: string[]}
    | {type: 'seats'; seats: SeatClaim[]}
    | Offer;

/** Why a token does not admit (docs/protocol.md, "Errors"). */
export const TOKEN_REFUSALS = [
  'token-required', 'token-malformed', 'token-algorithm', 'token-key', 'token-signature', 'token-expired', 'token-not-yet-valid',
  'token-audience', 'token-issuer', 'token-tenant', 'token-room', 'token-busy',
] as const;
export type TokenRefusal = typeof TOKEN_REFUSALS[number];

export function isTokenRefusal(code: string): code is TokenRefusal {
  return (TOKEN_REFUSALS as readonly string[]).includes(code);
}

export type EndReason = 'left' | 'shutdown' | 'replaced' | 'timeout' | 'room-full' | 'version' | 'refused' | TokenRefusal;

export interface ErrorReply {
  type: 'error';
  id?: number;
  code: string;
  field?: string;
  message?: string;
}

export interface JoinRequest {
  room: string;
  endpoint: string;
  token?: string;
  state?: string;
  publish?: {sdp: string; tracks: PublishedTrack[]};
}

const ROOM_EVENTS = new Set(['endpoint-joined', 'endpoint-left', 'tracks', 'state', 'speakers', 'seats', 'offer']);

/** null for what is no JSON object with a `type`: it is ignored, as unknown types are. */
export function parseMessage(text: unknown): ({type: string} & Record<string, unknown>) | null {
  if (typeof text !== 'string') return null;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const message = value as {type?: unknown};
    return typeof message.type === 'string' ? message as {type: string} & Record<string, unknown> : null;
  } catch {
    return null;
  }
}

export function isRoomEvent(message: {type: string}): message is RoomEvent {
  return ROOM_EVENTS.has(message.type);
}

/** Ids of the group's frames begin here, so that an answer to one is never taken for that to a request. */
export const FIRST_FRAME_ID = 2 ** 31;

/** Concerns the group's delivery, not the room. */
export function isAboutFrames(message: {type: string} & Record<string, unknown>): boolean {
  const id = message['id'];
  return message.type === 'log' || message.type === 'caught-up' || (typeof id === 'number' && id >= FIRST_FRAME_ID);
}
