/** A room link's key. Other kinds (an MLS group, an app's own keys) will stand beside it. */
export interface LinkKeyMaterial {
  type: 'link';
  room: string;
  generation: number;
  /** 32 bytes; its buffer is moved into the worker and is gone from the page. */
  secret: Uint8Array<ArrayBuffer>;
}

export type KeyMaterial = LinkKeyMaterial;

/** Where keys come from. The worker asks once; nothing ever comes back out of it. */
export interface KeyProvider {
  /** Hands over the key and forgets it; throws E2eeError when called a second time. */
  take(): KeyMaterial;
}
