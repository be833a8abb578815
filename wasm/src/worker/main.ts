// The worker: loads the core, then serves the page's messages and the streams' frames.
import type { E2eeError } from '../errors.js';
import { CipherSuite } from '../formats.js';
import type { FromWorker, Request, StreamOptions, ToWorker } from '../protocol.js';
import type { Context } from './context.js';
import { Core, isFatal } from './core.js';
import { Events } from './events.js';
import { Lock } from './lock.js';
import { connect } from './pipe.js';
import { Room } from './room.js';
import { Samples } from './samples.js';

declare const self: DedicatedWorkerGlobalScope;

type Start = Extract<ToWorker, { type: 'start' }>;

/** generateKeyFrame() is in Firefox and Safari; sendKeyFrameRequest() is not everywhere either. */
interface Transformer {
  sendKeyFrameRequest?(): Promise<void>;
  generateKeyFrame?(): Promise<unknown>;
}

const post = (message: FromWorker): void => self.postMessage(message);
const now = (): number => performance.now();

/** By its name: link.js and keys.js have the class a second time. */
function refusalOf(error: unknown): E2eeError | null {
  return (error as Error | null)?.name === 'E2eeError' ? (error as E2eeError) : null;
}

/** The core has trapped: its memory cannot be trusted, so nothing is sealed or opened any more. */
let dead = false;
function fail(error: unknown): void {
  if (dead) return;
  dead = true;
  const told = refusalOf(error);
  const message = told?.message ?? `The encryption module stopped: ${String(error)}`;
  post({ type: 'failed', code: told?.code ?? 'worker-failed', message });
}

/** The small ones have Sotto's own format and suite alone; see wasm/CMakeLists.txt. */
function moduleFor({ format, suite, link }: Start): string {
  if (link) return `sotto-${link}`;
  const own = format === 'sotto' && (suite === undefined || suite === CipherSuite.CHACHA20_POLY1305_SHA256);
  return own ? 'sotto' : 'sotto-formats';
}

async function fetchCore(name: string): Promise<Core> {
  const response = await fetch(new URL(`./${name}.wasm`, import.meta.url));
  if (!response.ok) throw new Error(`${name}.wasm beside the worker answered ${response.status}`);
  return Core.load(await response.arrayBuffer());
}

/** A room link, and a group, need a module of their own, and what speaks with it. */
async function bringLink(room: Room, context: Context, link = 'link', core = fetchCore('sotto-link')): Promise<void> {
  const [{ RoomLink }, loaded] = await Promise.all([link === 'epochs' ? import('./epochs.js') : import('./link.js'), core]);
  context.core = loaded;
  room.bring(new RoomLink(context, room, Date.now));
}

async function start(message: Start): Promise<void> {
  const core = fetchCore(moduleFor(message));
  const [loaded, app] = await Promise.all([core, message.link ? null : import('./keys.js')]);
  const context: Context = {
    core: loaded,
    events: new Events(post, now),
    samples: new Samples((watch, sample) => post({ type: 'sample', watch, sample }), now),
    lock: new Lock(),
    now,
    later: (milliseconds, run) => void setTimeout(() => guarded(run), milliseconds),
  };
  const { format = 'sotto' } = message;
  const room = new Room(context, format, app && new app.ExternalKeys(context, format, message.suite ?? 0));
  if (message.link) await bringLink(room, context, message.link, core);

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
      return request(room, context, message.request, message.body);
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

function request(room: Room, context: Context, number: number, body: Request): void {
  const answered = (work: () => unknown) => () => answer(number, work);
  switch (body.type) {
    case 'enable':
      return answer(number, () => room.switchTo(body.on));
    case 'stats':
      return answer(number, () => room.stats());
    case 'key':
      return inOrder(
        answered(() => room.setKey(body.material)),
        () => room.awaitsLink && bringLink(room, context).catch(fail),
      );
    case 'seal-state':
      return inOrder(answered(() => room.link.sealState(body.endpoint, body.state)));
    case 'open-state':
      return inOrder(answered(() => room.link.openState(body.endpoint, body.sealed)));
    default:
      return inOrder(
        answered(() => room.manageKeys(body)),
        () => room.prepare(body),
      );
  }
}

/** Passphrases and a link's module take a while; what is asked of keys after them waits for them. */
let keyWork: Promise<unknown> = Promise.resolve();
function inOrder(run: () => void, before?: () => unknown): void {
  keyWork = keyWork
    .then(before)
    .catch(() => undefined) // the core refuses it
    .then(() => guarded(run));
}

function answer(request: number, work: () => unknown): void {
  try {
    post({ type: 'reply', request, value: work() });
  } catch (error) {
    if (isFatal(error)) throw error;
    const code = refusalOf(error)?.code ?? 'bad-argument';
    post({ type: 'refusal', request, code, message: (error as Error).message });
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
