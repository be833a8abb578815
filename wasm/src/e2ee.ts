import { attachTransform } from './attach.js';
import { E2eeError } from './errors.js';
import type { KeyProvider } from './key_provider.js';
import type { FromWorker } from './protocol.js';
import { detectSupport } from './support.js';
import { TypedEventTarget } from './typed_event_target.js';
import type {
  CipherSample,
  E2eeEvents,
  Kind,
  MemberState,
  Occupant,
  Source,
  StreamStats,
  Support,
} from './types.js';
import { kindOf, SOURCES } from './types.js';
import { WorkerChannel } from './worker_channel.js';

export interface CreateOptions {
  /** Where worker.js lies; sotto.wasm lies beside it. Default: beside this module. */
  workerUrl?: string | URL;
  /** Which way to the frames to take; default: E2ee.support(). */
  via?: Support;
}

/**
 * Seals what this page sends and opens what it receives, in one worker for all connections.
 * What cannot be sealed is not sent; what cannot be opened is not played.
 */
export class E2ee extends TypedEventTarget<E2eeEvents> {
  /** Spread into every new RTCPeerConnection: frames can then be reached however late a stream comes. */
  static readonly peerConnectionConfig: RTCConfiguration = Object.freeze({
    encodedInsertableStreams: true,
  } as RTCConfiguration);

  /** How this browser lets us encrypt frames; null when it does not. */
  static support(): Support | null {
    return detectSupport();
  }

  /** Starts the worker. Throws E2eeError 'unsupported' or 'worker-failed'. */
  static async create(options: CreateOptions = {}): Promise<E2ee> {
    const support = options.via ?? detectSupport();
    if (support === null) {
      throw new E2eeError(
        'unsupported',
        'This browser cannot encrypt calls end to end: use a current Chrome, Edge, Firefox or Safari.',
      );
    }
    const url = options.workerUrl ?? new URL('./worker.js', import.meta.url);
    const e2ee = new E2ee(url, support);
    try {
      await e2ee.#channel.whenReady();
    } catch (error) {
      e2ee.#channel.worker.terminate();
      throw error;
    }
    return e2ee;
  }

  readonly #channel: WorkerChannel;
  readonly #support: Support;
  readonly #watchers = new Map<number, (sample: CipherSample) => void>();
  #nextWatch = 0;

  private constructor(workerUrl: string | URL, support: Support) {
    super();
    this.#support = support;
    this.#channel = new WorkerChannel(workerUrl, (message) => this.#onMessage(message));
  }

  /** Gives the worker its key, or a new one; streams sealed under the old one no longer open. */
  async setKeyProvider(provider: KeyProvider): Promise<void> {
    if (this.#channel.ended !== null) throw this.#channel.ended;
    const material = provider.take();
    await this.#channel.request({ type: 'key', material }, [material.secret.buffer]);
  }

  /**
   * Right after addTransceiver() or addTrack(); replaceTrack() needs no new attach. `codec` is a mime
   * type for browsers that do not say it with each frame.
   */
  attachSender(sender: RTCRtpSender, options: { source: Source; codec?: string }): void {
    const { source, codec } = options;
    if (!SOURCES.includes(source)) {
      throw new E2eeError('bad-argument', `source must be one of ${SOURCES.join(', ')}.`);
    }
    attachTransform(this.#channel, this.#support, sender, { side: 'send', source, kind: kindOf(source), codec });
  }

  /** In ontrack, or as soon as the transceiver exists. `slot` is the app's name for this receiver. */
  attachReceiver(receiver: RTCRtpReceiver, options: { slot: string; kind: Kind; codec?: string }): void {
    const { slot, kind, codec } = options;
    if (typeof slot !== 'string' || (kind !== 'audio' && kind !== 'video')) {
      throw new E2eeError('bad-argument', "attachReceiver needs a slot name and the kind 'audio' or 'video'.");
    }
    attachTransform(this.#channel, this.#support, receiver, { side: 'receive', slot, kind, codec });
  }

  /**
   * What the bridge says about a slot; null: nobody. From then on, frames whose key says otherwise
   * are dropped. Without any claim the key alone tells whose frame it is.
   */
  claim(slot: string, occupant: Occupant | null): void {
    const body = occupant === null ? null : { endpoint: occupant.endpoint, source: occupant.source };
    this.#channel.send({ type: 'claim', slot, occupant: body });
  }

  /** This member's state, with the key ids of its streams, sealed for the others (base64url). */
  sealState(endpoint: string, state: MemberState): Promise<string> {
    if (typeof endpoint !== 'string' || typeof state?.name !== 'string') {
      return Promise.reject(new E2eeError('bad-argument', 'sealState needs an endpoint id and a state with a name.'));
    }
    return this.#channel.request({ type: 'seal-state', endpoint, state });
  }

  /**
   * Another member's state. Throws E2eeError 'wrong-key' when it was not sealed by a holder of our
   * link for that endpoint, 'replayed' when a newer one of that endpoint has been opened before.
   */
  openState(endpoint: string, sealed: string): Promise<MemberState> {
    if (typeof endpoint !== 'string' || typeof sealed !== 'string') {
      return Promise.reject(new E2eeError('bad-argument', 'openState needs an endpoint id and its sealed state.'));
    }
    return this.#channel.request({ type: 'open-state', endpoint, sealed });
  }

  /** The endpoint has left: its frames no longer open. */
  forget(endpoint: string): void {
    this.#channel.send({ type: 'forget', endpoint });
  }

  stats(): Promise<StreamStats[]> {
    return this.#channel.request({ type: 'stats' });
  }

  /** Samples of what arrives in a slot (null: in every slot), still sealed; returns how to stop. */
  watch(slot: string | null, onSample: (sample: CipherSample) => void): () => void {
    const watch = this.#nextWatch++;
    this.#watchers.set(watch, onSample);
    this.#channel.send({ type: 'watch', watch, slot });
    return () => {
      if (this.#watchers.delete(watch) && this.#channel.ended === null) {
        this.#channel.send({ type: 'unwatch', watch });
      }
    };
  }

  /** Ends the worker and forgets all keys; attached streams stop. */
  close(): void {
    this.#watchers.clear();
    this.#channel.close();
  }

  #onMessage(message: FromWorker): void {
    switch (message.type) {
      case 'sample':
        this.#watchers.get(message.watch)?.(message.sample);
        break;
      case 'failed':
        this.dispatchEvent(new CustomEvent('failed', { detail: { message: message.message } }));
        break;
      case 'occupant':
      case 'decryptionFailed':
      case 'keyMissing':
      case 'sending':
        this.dispatchEvent(new CustomEvent(message.type, { detail: message.detail }));
        break;
    }
  }
}
