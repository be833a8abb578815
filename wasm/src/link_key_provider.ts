import { decodeBase64url } from './base64url.js';
import { E2eeError, KeyError } from './errors.js';
import type { KeyMaterial, MaterialProvider } from './key_provider.js';

/** What a room link's address and fragment say: `/r/<room>#<generation>.<secret>`. */
export interface RoomLink {
  room: string;
  generation: number;
  /** 32 random bytes in base64url, as in the fragment. */
  secret: string;
}

/** Keys from the room link: whoever has the link can hear, whoever lacks it cannot. */
export class LinkKeyProvider implements MaterialProvider {
  readonly room: string;
  readonly generation: number;
  #secret: Uint8Array<ArrayBuffer> | null;

  /** Throws KeyError 'bad-link' for anything but a whole room link. */
  constructor(link: RoomLink) {
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(link.room)) {
      throw new KeyError('bad-link', 'This link names no room: ask for the whole link again.');
    }
    if (!Number.isInteger(link.generation) || link.generation < 0 || link.generation > 0xffffffff) {
      throw new KeyError('bad-link', 'This link is damaged after the # sign: ask for the whole link again.');
    }
    const secret = decodeBase64url(link.secret);
    if (secret === null || secret.length !== 32) {
      throw new KeyError('bad-link', 'The key in this link is incomplete: ask for the whole link again.');
    }
    this.room = link.room;
    this.generation = link.generation;
    this.#secret = secret;
  }

  take(): KeyMaterial {
    if (this.#secret === null) {
      throw new E2eeError('bad-argument', 'This key has been used already: make a new LinkKeyProvider from the link.');
    }
    const secret = this.#secret;
    this.#secret = null;
    return { type: 'link', room: this.room, generation: this.generation, secret };
  }
}
