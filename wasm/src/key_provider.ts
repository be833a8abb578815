import type { ExternalKeyProvider } from './external_keys.js';

/** A room link's key. */
export interface LinkKeyMaterial {
  type: 'link';
  room: string;
  generation: number;
  /** 32 bytes; its buffer is moved into the worker and is gone from the page. */
  secret: Uint8Array<ArrayBuffer>;
}

/** What a MaterialProvider hands over. */
export type KeyMaterial = LinkKeyMaterial;

/** A key that all others derive from: the worker asks once, nothing ever comes back out of it. */
export interface MaterialProvider {
  /** Hands over the key and forgets it; throws E2eeError when called a second time. */
  take(): KeyMaterial;
}

/** Where keys come from: a room link, or the app. */
export type KeyProvider = MaterialProvider | ExternalKeyProvider;
