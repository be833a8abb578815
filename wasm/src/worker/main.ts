// The worker: loads the core, then serves the page's messages and the streams' frames.
import { E2eeError } from '../errors.js';
import { CipherSuite } from '../formats.js';
import type { FromWorker, KeyRequest, Request, StreamOptions, ToWorker } from '../protocol.js';
import type { Context } from './context.js';
import { Core, isFatal } from './core.js';
import { Events } from './events.js';
import { Lock } from './lock.js';
import { Members } from './members.js';
import { connect } from './pipe.js';
import { Room } from './room.js';
import { Samples } from './samples.js';
import { stretch } from './stretch.js';

declare const self: DedicatedWorkerGlobalScope;

type Start = Extract<ToWorker, { type: 'start' }>;

/** generateKeyFrame() is in Firefox and Safari; sendKeyFrameRequest() is not everywhere either. */
interface Transformer {
  sendKeyFrameRequest?(): Promise<void>;
  generateKeyFrame?(): Promise<unknown>;
}

const post = (message: FromWorker): void => self.postMessage(message);
const now = (): number => performance.now();

/** The core has trapped: its memory cannot be trusted, so nothing is sealed or opened any more. */
let dead = false;
function fail(error: unknown): void {
  if (dead) return;
  dead = true;
  if (error instanceof E2eeError) post({ type: 'failed', code: error.code, message: error.message });
  else post({ type: 'failed', code: 'worker-failed', message: `The encryption module stopped: ${String(error)}` });
}

/** Small, for what Sotto's own calls use; the other module has all formats and suites. */
function moduleFor({ format, suite }: Start): URL {
  const own = format === 'sotto' && (suite === undefined || suite === CipherSuite.CHACHA20_POLY1305_SHA256);
  return new URL(own ? './sotto.wasm' : './sotto-formats.wasm', import.meta.url);
}

async function start(message: Start): Promise<void> {
  const url = moduleFor(message);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname.split('/').at(-1)} beside the worker answered ${response.status}`);
  const context: Context = {
    core: await Core.load(await response.arrayBuffer()),
    members: new Members(),
    events: new Events(post, now),
    samples: new Samples((watch, sample) => post({ type: 'sample', watch, sample }), now),
    lock: new Lock(),
    session: null,
    now,
    later: (milliseconds, run) => void setTimeout(() => guarded(run), milliseconds),
  };
  const room = new Room(context, Date.now, message.format, message.suite);

  self.onmessage = (event: MessageEvent<ToWorker>) => guarded(() => serve(room, context, event.data));
  self.onrtctransform = ({ transformer }: RTCTransformEvent) => {
    const options = transformer.options as StreamOptions;
    connect(room, options, transformer.readable, transformer.writable, guarded, keyFrameCall(options, transformer));
  };
  post({ type: 'ready' });
}

/** How the other end of the stream begins anew: our encoder, or the far one. */
function keyFrameCall(options: StreamOptions, transformer?: Transformer): () => void {
  if (options.side === 'receive') {
    // Without a transformer nothing can ask; a decoder that gets no key frame asks by itself.
    return () => void transformer?.sendKeyFrameRequest?.().catch(() => undefined);
  }
  // Chromium makes key frames only for the page.
  if (transformer?.generateKeyFrame === undefined) return () => post({ type: 'make-key-frame', id: options.id });
  return () => void transformer.generateKeyFrame?.().catch(() => undefined);
}

function serve(room: Room, context: Context, message: ToWorker): void {
  switch (message.type) {
    case 'request':
      if (isKeyRequest(message.body)) return manageKeys(room, message.request, message.body);
      return answer(message.request, () => perform(room, message.body as Exclude<Request, KeyRequest>));
    case 'attach':
      return connect(room, message.options, message.readable, message.writable, guarded, keyFrameCall(message.options));
    case 'claim':
      return room.claim(message.slot, message.occupant);
    case 'forget':
      room.forget(message.endpoint);
      // Once more when the keys are there that were asked for before, and are still being computed.
      return inOrder(() => room.forget(message.endpoint));
    case 'key-frames':
      return room.makeKeyFrames();
    case 'watch':
      return context.samples.watch(message.watch, message.slot);
    case 'unwatch':
      return context.samples.unwatch(message.watch);
  }
}

function isKeyRequest(body: Request): body is KeyRequest {
  return body.type === 'set-key' || body.type === 'rotate' || body.type === 'use-key' || body.type === 'ratchet';
}

/** Passphrases take a while; what is asked of keys after them waits for them. */
let keyWork: Promise<void> = Promise.resolve();
function inOrder(run: () => void, before?: () => Promise<void>): void {
  keyWork = keyWork
    .then(before)
    .catch(() => undefined) // the core refuses it, or does it itself
    .then(() => guarded(run));
}

function manageKeys(room: Room, request: number, body: KeyRequest): void {
  const computed = 'material' in body ? () => stretch(body, room.format) : undefined;
  inOrder(() => answer(request, () => room.manageKeys(body)), computed);
}

function answer(request: number, work: () => unknown): void {
  try {
    post({ type: 'reply', request, value: work() });
  } catch (error) {
    if (isFatal(error)) throw error;
    const code = error instanceof E2eeError ? error.code : 'bad-argument';
    post({ type: 'refusal', request, code, message: error instanceof Error ? error.message : String(error) });
  }
}

function perform(room: Room, body: Exclude<Request, KeyRequest>): unknown {
  switch (body.type) {
    case 'key':
      return room.setKey(body.material);
    case 'seal-state':
      return room.sealState(body.endpoint, body.state);
    case 'open-state':
      return room.openState(body.endpoint, body.sealed);
    case 'enable':
      return room.switchTo(body.on);
    case 'stats':
      return room.stats();
  }
}

/** Runs it unless the core is dead, and notices when it dies. */
function guarded(run: () => void): void {
  if (dead) return;
  try {
    run();
  } catch (error) {
    if (isFatal(error)) fail(error);
    else console.error('sotto-e2ee:', error);
  }
}

self.onmessage = ({ data }: MessageEvent<Start>) => void start(data).catch(fail);
