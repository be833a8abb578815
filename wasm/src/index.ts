// @sotto/e2ee: end-to-end encryption of WebRTC calls, whatever the SFU.
export { concealSpeech, concealSpeechIn } from './conceal_speech.js';
export { E2ee, type CreateOptions, type ReceiverOptions, type SenderOptions } from './e2ee.js';
export { E2eeError, KeyError, UnsupportedError, WorkerError, type E2eeErrorCode } from './errors.js';
export {
  LOCAL,
  type ExternalKeyProvider,
  type Key,
  type KeyOptions,
  type KeySink,
  type MissingKey,
  type ParticipantName,
  type RotateOptions,
} from './external_keys.js';
export { CipherSuite, FORMATS, type Format } from './formats.js';
export { Group, type JoinOptions } from './group/group.js';
export {
  MessageKind,
  type Endpoint,
  type IncomingMessage,
  type OrderedTransport,
  type OutgoingMessage,
  type TransportReceiver,
} from './group/transport.js';
export type {
  GroupEventDetails,
  GroupEvents,
  GroupMember,
  GroupState,
  JoinPolicy,
  Marks,
  Reachability,
  Standing,
} from './group/types.js';
export type { GroupKeyProvider, KeyMaterial, KeyProvider, LinkKeyMaterial, MaterialProvider } from './key_provider.js';
export { LinkKeyProvider, type RoomLink } from './link_key_provider.js';
export { detectSupport } from './support.js';
export {
  SOURCES,
  type CipherSample,
  type DecryptionFailure,
  type DropCause,
  type E2eeEvents,
  type FirstPicture,
  type Kind,
  type MemberState,
  type Occupant,
  type Source,
  type StreamStats,
  type Support,
} from './types.js';
