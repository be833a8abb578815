// @sotto/e2ee: end-to-end encryption of WebRTC calls, whatever the SFU.
export { E2ee } from './e2ee.js';
export { E2eeError, type E2eeErrorCode } from './errors.js';
export type { KeyMaterial, KeyProvider, LinkKeyMaterial } from './key_provider.js';
export { LinkKeyProvider, type RoomLink } from './link_key_provider.js';
export {
  SOURCES,
  type CipherSample,
  type DropCause,
  type E2eeEvents,
  type Kind,
  type MemberState,
  type Occupant,
  type Source,
  type StreamStats,
  type Support,
} from './types.js';
