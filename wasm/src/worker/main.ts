// The worker: loads the core, then serves the page's messages and the streams' frames.
import { E2eeError } from '../errors.js';
import type { FromWorker, Request, StreamOptions, ToWorker } from '../protocol.js';
import type { Context } from './context.js';
import { Core, isFatal } from './core.js';
import { Events } from './events.js';
import { Members } from './members.js';
import { connect } from './pipe.js';
import { Room } from './room.js';
import { Samples } from './samples.js';

declare const self: DedicatedWorkerGlobalScope;

const post = (message: FromWorker): void => self.postMessage(message);
const now = (): number => performance.now();

/** The core has trapped: its memory cannot be trusted, so nothing is sealed or opened any more. */
let dead = false;
function fail(error: unknown): void {
  if (dead) return;
  dead = true;
  post({ type: 'failed', message: `The encryption module stopped: ${String(error)}` });
}

async function start(): Promise<void> {
  const response = await fetch(new URL('./sotto.wasm', import.meta.url));
  if (!response.ok) throw new Error(`sotto.wasm beside the worker answered ${response.status}`);
  const context: Context = {
    core: await Core.load(await response.arrayBuffer()),
    members: new Members(),
    events: new Events(post, now),
    samples: new Samples((watch, sample) => post({ type: 'sample', watch, sample }), now),
    session: null,
    now,
    later: (milliseconds, run) => void setTimeout(() => guarded(run), milliseconds),
  };
  const room = new Room(context, Date.now);

  self.onmessage = (event: MessageEvent<ToWorker>) => guarded(() => serve(room, context, event.data));
  self.onrtctransform = ({ transformer }: RTCTransformEvent) => {
    const options = transformer.options as StreamOptions;
    const askForKeyFrame = (): void => void transformer.sendKeyFrameRequest?.().catch(() => undefined);
    connect(room, options, transformer.readable, transformer.writable, guarded, askForKeyFrame);
  };
  post({ type: 'ready' });
}

function serve(room: Room, context: Context, message: ToWorker): void {
  switch (message.type) {
    case 'request':
      return answer(room, message.request, message.body);
    case 'attach':
      // Nothing can ask for a key frame here; a decoder that gets none asks by itself.
      return connect(room, message.options, message.readable, message.writable, guarded, () => undefined);
    case 'claim':
      return room.claim(message.slot, message.occupant);
    case 'forget':
      return room.forget(message.endpoint);
    case 'watch':
      return context.samples.watch(message.watch, message.slot);
    case 'unwatch':
      return context.samples.unwatch(message.watch);
  }
}

function answer(room: Room, request: number, body: Request): void {
  try {
    post({ type: 'reply', request, value: perform(room, body) });
  } catch (error) {
    if (isFatal(error)) throw error;
    const code = error instanceof E2eeError ? error.code : 'bad-argument';
    post({ type: 'refusal', request, code, message: error instanceof Error ? error.message : String(error) });
  }
}

function perform(room: Room, body: Request): unknown {
  switch (body.type) {
    case 'key':
      return room.setKey(body.material);
    case 'seal-state':
      return room.sealState(body.endpoint, body.state);
    case 'open-state':
      return room.openState(body.endpoint, body.sealed);
    case 'stats':
      return room.stats();
    default:
      throw new E2eeError('unsupported', 'This build takes room links only: use setKeyProvider(new LinkKeyProvider(…)).');
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

start().catch(fail);
