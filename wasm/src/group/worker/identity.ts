// What a browser profile keeps between calls: its identity, and whom it has met.
//
// The identity is never stored. What is stored is an HMAC key that the browser has made and does not
// hand out (non-extractable), and of which 32 bytes are asked each time; the module makes the Ed25519
// key of them. docs/security.md says what remains.

const DATABASE = 'sotto-group';
const STORE = 'profile';
const LABEL = new TextEncoder().encode('sotto identity 1');
const HMAC = { name: 'HMAC', hash: 'SHA-256', length: 256 } as const;

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export class Profile {
  readonly #database: IDBDatabase;

  static async open(): Promise<Profile> {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => void request.result.createObjectStore(STORE);
    return new Profile(await settled(request));
  }

  private constructor(database: IDBDatabase) {
    this.#database = database;
  }

  /** 32 secret bytes, the same each time. The caller wipes them. */
  async identity(): Promise<Uint8Array<ArrayBuffer>> {
    const key = await this.#key();
    return new Uint8Array(await crypto.subtle.sign('HMAC', key, LABEL));
  }

  async pins(): Promise<Uint8Array<ArrayBuffer> | null> {
    return ((await this.#get('pins')) as Uint8Array<ArrayBuffer> | undefined) ?? null;
  }

  async keepPins(pins: Uint8Array): Promise<void> {
    await settled(this.#store('readwrite').put(pins, 'pins'));
  }

  async #key(): Promise<CryptoKey> {
    const kept = (await this.#get('identity')) as CryptoKey | undefined;
    if (kept !== undefined) return kept;
    const made = await crypto.subtle.generateKey(HMAC, false, ['sign']);
    // Another tab may have been faster: the first one counts.
    const store = this.#store('readwrite');
    const first = (await settled(store.get('identity'))) as CryptoKey | undefined;
    if (first !== undefined) return first;
    await settled(store.put(made, 'identity'));
    return made;
  }

  #get(key: string): Promise<unknown> {
    return settled(this.#store('readonly').get(key));
  }

  #store(mode: IDBTransactionMode): IDBObjectStore {
    return this.#database.transaction(STORE, mode).objectStore(STORE);
  }
}
