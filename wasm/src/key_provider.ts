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

/** A group (Group): its keys come from its own worker, sealed. */
export interface GroupKeyProvider {
  /** Takes the other end of the channel on which the keys go to the worker that seals frames. */
  connectFrames(port: MessagePort): void;
}

/** Where keys come from: a room link, a group, or the app. */
export type KeyProvider = MaterialProvider | GroupKeyProvider | ExternalKeyProvider;
