import { attachTransform, stop } from './attach.js';
import { E2eeError, UnsupportedError } from './errors.js';
import { LOCAL, type ExternalKeyProvider, type Key, type KeyOptions, type KeySink } from './external_keys.js';
import type { ParticipantName, RotateOptions } from './external_keys.js';
import { FORMATS, type CipherSuite, type Format } from './formats.js';
import type { GroupKeyProvider, KeyProvider } from './key_provider.js';
import { checkIndex, takeKey, whoseKey } from './key_transfer.js';
import type { FromWorker } from './protocol.js';
import { SenderKeyFrames } from './sender_key_frames.js';
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

/** How to encrypt; all of it may be left out. */
export interface CreateOptions {
  /** Default 'sotto'; the others for calls with other products' apps. */
  format?: Format;
  /** Of the format 'sotto'; everyone in a call uses the same. Default CHACHA20_POLY1305_SHA256. */
  suite?: CipherSuite;
  /** Of the format 'livekit': bits of the AES key, as its apps' `keySize`. Default 128. */
  keySize?: 128 | 256;
  /**
   * As setKeyProvider() right afterwards. Said here, a room link loads nothing that only keys of the
   * app would need; a group (Group) is said here alone.
   */
  keyProvider?: KeyProvider;
  /** Where worker.js lies; the other files lie beside it. Default: beside this module. */
  workerUrl?: string | URL;
  /** Which way to the frames to take; default: E2ee.support(). */
  via?: Support;
}

/** What a sender carries. */
export interface SenderOptions {
  /** Default: camera for video, microphone for audio. */
  source?: Source;
  /** A mime type, for browsers that do not say it with each frame. */
  codec?: string;
}

/** Whose stream a receiver plays, and what it is called. */
export interface ReceiverOptions {
  /** With the app's own keys: whose keys open it. Without: the one that everybody shares. */
  participant?: string;
  /** What the participant sends here. Default: camera for video, microphone for audio. */
  source?: Source;
  /** The app's name for this receiver in events and statistics. Default: the id of its track. */
  slot?: string;
  /** Default: that of its track. */
  kind?: Kind;
  /** A mime type, for browsers that do not say it with each frame. */
  codec?: string;
}

/**
 * Seals what this page sends and opens what it receives, in one worker for all connections.
 * What cannot be sealed is not sent; what cannot be opened is not played.
 */
export class E2ee extends TypedEventTarget<E2eeEvents> implements KeySink {
  /** Spread into every new RTCPeerConnection: frames can then be reached however late a stream comes. */
  static get peerConnectionConfig(): RTCConfiguration {
    return { encodedInsertableStreams: true } as RTCConfiguration;
  }

  /** How this browser lets us encrypt frames; null when it does not. */
  static support(): Support | null {
    return detectSupport();
  }

  /** Starts the worker. Throws E2eeError 'unsupported' or 'worker-failed'. */
  static async create(options: CreateOptions = {}): Promise<E2ee> {
    const detected = detectSupport();
    const support = detected && (options.via ?? detected);
    if (support === null) {
      throw new UnsupportedError(
        'unsupported',
        'This browser cannot encrypt calls end to end: use a current Chrome, Edge, Firefox or Safari.',
      );
    }
    const format = options.format ?? 'sotto';
    if (!FORMATS.includes(format) || (format !== 'sotto' && options.suite !== undefined)) {
      throw new E2eeError('bad-argument', `The format must be one of ${FORMATS.join(', ')}; only sotto has suites.`);
    }
    const { keySize = 128 } = options;
    if (keySize !== 128 && (keySize !== 256 || format !== 'livekit')) {
      throw new E2eeError('bad-argument', 'The key size must be 128 or 256, and only the format livekit has a choice.');
    }
    // Which of the format's ciphers it is: LiveKit's have no numbers.
    const suite = keySize === 256 ? 1 : options.suite;
    const url = options.workerUrl ?? new URL('./worker.js', import.meta.url);
    const { keyProvider } = options;
    const own = format === 'sotto' && options.suite === undefined;
    const link = keyProvider && own ? moduleOf(keyProvider) : undefined;
    if (keyProvider && 'connectFrames' in keyProvider && !own) {
      throw new E2eeError('bad-argument', 'A group says itself how frames are sealed: leave format and suite out.');
    }
    const e2ee = new E2ee(url, support);
    e2ee.#group = link === 'epochs';
    e2ee.#channel.send({ type: 'start', format, suite, link });
    try {
      await e2ee.#channel.whenReady();
      if (keyProvider !== undefined) await e2ee.setKeyProvider(keyProvider);
    } catch (error) {
      e2ee.#channel.worker.terminate();
      throw error;
    }
    return e2ee;
  }

  readonly #channel: WorkerChannel;
  readonly #support: Support;
  readonly #watchers = new Map<number, (sample: CipherSample) => void>();
  readonly #keyFrames = new SenderKeyFrames();
  #provider: ExternalKeyProvider | null = null;
  #group = false;
  #nextWatch = 0;
  #enabled = true;

  private constructor(workerUrl: string | URL, support: Support) {
    super();
    this.#support = support;
    this.#channel = new WorkerChannel(workerUrl, (message) => this.#onMessage(message));
  }

  /** A room link (LinkKeyProvider), or the app's own key exchange. A group is given to create(). */
  async setKeyProvider(provider: KeyProvider): Promise<void> {
    if (this.#channel.ended !== null) throw this.#channel.ended;
    if ('connectFrames' in provider) return this.#connect(provider);
    if (!('take' in provider)) {
      this.#provider = provider;
      return provider.connect(this);
    }
    const material = provider.take();
    await this.#channel.request({ type: 'key', material }, [material.secret.buffer]);
  }

  /**
   * A key that the app hands out itself: one that everybody shares, or one sender's. Throws KeyError
   * 'bad-key', or 'key-exists' for an index that has one already: rotate().
   */
  async setKey(key: Key, options: KeyOptions = {}): Promise<void> {
    const { use = true } = options;
    const index = checkIndex(options.index ?? 0);
    const taken = takeKey(key, options.participant);
    const request = { type: 'set-key', index, use, ...taken } as const;
    await this.#channel.request(request, [taken.material.buffer]);
  }

  /** Seal with the key of this index from now on: one's own, or the shared one. */
  async useKey(index: number): Promise<void> {
    await this.#channel.request({ type: 'use-key', index: checkIndex(index) });
  }

  /**
   * The next key of everybody, of oneself or of a participant; returns its index. Frames under the
   * one before still open for a while, and those that overtake their key wait for it: no frame is
   * lost when all get it within half a second. Where that takes longer, hand it out with setKey() and
   * `use: false`, then call useKey().
   */
  async rotate(key: Key, options: RotateOptions = {}): Promise<number> {
    const index = options.index === undefined ? undefined : checkIndex(options.index);
    const taken = takeKey(key, options.participant);
    return this.#channel.request({ type: 'rotate', index, ...taken }, [taken.material.buffer]);
  }

  /**
   * Replaces a key by one that is computed from it, so that what was sent before cannot be opened by
   * whoever learns it later. Receivers follow by themselves, so the default is LOCAL. Throws KeyError
   * 'shared-key' for what several senders share: rotate() that.
   */
  async ratchet(participant: ParticipantName = LOCAL): Promise<void> {
    await this.#channel.request({ type: 'ratchet', whose: whoseKey(participant) });
  }

  /**
   * Encryption on (as it is from the start) or off. While it is off senders send in the clear, and
   * receivers play clear frames, and still open sealed ones. Back on, a sender's clear frames pass until
   * its first sealed one, for one second at most.
   */
  async setEnabled(on: boolean): Promise<void> {
    if (typeof on !== 'boolean') throw new E2eeError('bad-argument', 'Encryption is on or off: call setEnabled(true) or setEnabled(false).');
    await this.#channel.request({ type: 'enable', on });
    this.#enabled = on;
  }

  /** Whether encryption is on; see setEnabled(). */
  get enabled(): boolean {
    return this.#enabled;
  }

  /**
   * Has every video sender begin anew. After the first key of a newcomer who cannot ask for it, say
   * behind an SFU that does not relay such requests; a rotation needs none.
   */
  generateKeyFrames(): void {
    this.#channel.send({ type: 'key-frames' });
  }

  /** Right after addTransceiver() or addTrack(); replaceTrack() needs no new attach. */
  attachSender(sender: RTCRtpSender, options: SenderOptions = {}): void {
    const kind = sender?.track?.kind;
    const source = options.source ?? sourceOf(kind);
    if (source === undefined || !SOURCES.includes(source) || (kind !== undefined && kindOf(source) !== kind)) {
      stop(sender);
      throw new E2eeError('bad-argument', `Say what this sender carries: its source is one of ${SOURCES.join(', ')}, of its track's kind.`);
    }
    const id = this.#keyFrames.add(sender);
    const stream = { side: 'send', source, kind: kindOf(source), codec: options.codec, id } as const;
    attachTransform(this.#channel, this.#support, sender, stream);
  }

  /** In ontrack, or as soon as the transceiver exists. */
  attachReceiver(receiver: RTCRtpReceiver, options: ReceiverOptions = {}): void {
    const { slot = receiver.track.id, kind = receiver.track.kind as Kind, codec, participant } = options;
    const source = options.source ?? sourceOf(kind);
    const named = typeof slot === 'string' && (participant === undefined || typeof participant === 'string');
    if (!named || source === undefined || !SOURCES.includes(source) || kindOf(source) !== kind) {
      stop(receiver);
      throw new E2eeError(
        'bad-argument',
        "The slot and the participant of a receiver are strings, its kind is 'audio' or 'video', and its source of that kind.",
      );
    }
    // To a worker that has ended it is attached all the same, which then throws.
    if (participant !== undefined && this.#channel.ended === null) this.claim(slot, { endpoint: participant, source });
    attachTransform(this.#channel, this.#support, receiver, { side: 'receive', slot, source, kind, codec });
  }

  /**
   * What the bridge says about a slot; null: nobody. From then on, frames whose key says otherwise
   * are dropped. With a room link and without any claim the key alone tells whose frame it is; with
   * the app's own keys the claim says whose keys to try, as attachReceiver() did first.
   */
  claim(slot: string, occupant: Occupant | null): void {
    if (typeof slot !== 'string' || (occupant !== null && (typeof occupant?.endpoint !== 'string' || !SOURCES.includes(occupant.source)))) {
      throw new E2eeError('bad-argument', `A claim is a slot's name, and { endpoint, source } or null; a source is one of ${SOURCES.join(', ')}.`);
    }
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

  /** The endpoint, or participant, has left: its frames no longer open, its keys are wiped. */
  forget(endpoint: string): void {
    this.#channel.send({ type: 'forget', endpoint });
  }

  /** Counters of every attached stream since it was attached. */
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

  /** Its keys go from worker to worker, sealed: this page carries neither them nor their ciphertext. */
  #connect(provider: GroupKeyProvider): void {
    if (!this.#group) {
      throw new E2eeError('wrong-mode', 'A group is said at the start: E2ee.create({ keyProvider: group }).');
    }
    const { port1, port2 } = new MessageChannel();
    this.#channel.send({ type: 'group', port: port1 }, [port1]);
    provider.connectFrames(port2);
  }

  #onMessage(message: FromWorker): void {
    switch (message.type) {
      case 'sample':
        this.#watchers.get(message.watch)?.(message.sample);
        break;
      case 'failed':
        this.dispatchEvent(new CustomEvent('failed', { detail: { message: message.message } }));
        break;
      case 'make-key-frame':
        this.#keyFrames.make(message.id);
        break;
      case 'keyMissing':
        this.#provider?.keyMissing?.(message.detail);
        this.dispatchEvent(new CustomEvent(message.type, { detail: message.detail }));
        break;
      case 'occupant':
      case 'decryptionFailed':
      case 'keyRatcheted':
      case 'sending':
        this.dispatchEvent(new CustomEvent(message.type, { detail: message.detail }));
        break;
    }
  }
}

function moduleOf(provider: KeyProvider): 'link' | 'epochs' | undefined {
  if ('connectFrames' in provider) return 'epochs';
  return 'take' in provider ? 'link' : undefined;
}

function sourceOf(kind: string | undefined): Source | undefined {
  if (kind === undefined) return undefined;
  return kind === 'video' ? 'camera' : kind === 'audio' ? 'microphone' : undefined;
}
