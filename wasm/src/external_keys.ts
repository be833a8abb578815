// Keys that the app hands out itself.

/** Oneself, where a participant is named: no name that another chooses can be mistaken for it. */
export const LOCAL: unique symbol = Symbol('local participant');
/** The name that the app has for somebody in the call, or LOCAL. */
export type ParticipantName = string | typeof LOCAL;

/**
 * A string is a passphrase: a slow hash makes the key. Bytes are a raw key, drawn at random (16 to 64
 * bytes; formats of other products want a fixed number). Bytes are moved into the worker: the page's
 * array is empty afterwards, and nothing ever comes back out.
 */
export type Key = string | Uint8Array<ArrayBuffer>;

/** Whose key it is, and which. */
export interface KeyOptions {
  /**
   * Whose frames the key opens, or LOCAL for the key that seals one's own. Without: everybody shares
   * it, oneself included.
   */
  participant?: ParticipantName;
  /** The number of the key, which sender and receivers agree on; default 0. */
  index?: number;
  /** For one's own key: seal with it from now on. Default true; false to hand it out first. */
  use?: boolean;
}

/** Whose key is followed by a new one. */
export interface RotateOptions {
  participant?: ParticipantName;
  /** Default: the number after the newest one; the first again when the format has no more. */
  index?: number;
}

/** What an ExternalKeyProvider may do; E2ee itself offers it. */
export interface KeySink {
  /** As E2ee.setKey. */
  setKey(key: Key, options?: KeyOptions): Promise<void>;
  /** As E2ee.useKey. */
  useKey(index: number): Promise<void>;
  /** As E2ee.rotate. */
  rotate(key: Key, options?: RotateOptions): Promise<number>;
  /** As E2ee.ratchet. */
  ratchet(participant?: ParticipantName): Promise<void>;
  /** As E2ee.forget. */
  forget(participant: string): void;
}

/** Frames came that no key opens. */
export interface MissingKey {
  slot: string;
  /** Unless the receiver was attached without one. */
  participant?: string;
}

/** An app's own key exchange: it pushes keys in when they come, and is asked for those that are missing. */
export interface ExternalKeyProvider {
  /** Called once, by setKeyProvider(): keep `keys`, and hand over what is known already. */
  connect(keys: KeySink): void | Promise<void>;
  /** At most once a second for a receiver. */
  keyMissing?(missing: MissingKey): void;
}
