// The group's worker: MLS and the rules of a room, apart from the worker of the frames, which it never
// holds up.
import { E2eeError } from '../../errors.js';
import type { FromGroupWorker, GroupStart, ToGroupWorker } from '../protocol.js';
import { wakefulClock } from './clock.js';
import { Profile } from './identity.js';
import { Keeper, type Clock } from './keeper.js';
import { GroupModule } from './module.js';

declare const self: DedicatedWorkerGlobalScope;

const post = (message: FromGroupWorker, transfer: Transferable[] = []): void => self.postMessage(message, transfer);

let dead = false;
function fail(error: unknown): void {
  if (dead) return;
  dead = true;
  const known = error instanceof E2eeError;
  const message = known ? error.message : `The group module stopped: ${String(error)}`;
  post({ type: 'failed', code: known ? error.code : 'worker-failed', message });
}

/** When the module has trapped, its memory cannot be trusted: nothing goes in or out any more. */
function guarded(run: () => void): void {
  if (dead) return;
  try {
    run();
  } catch (error) {
    fail(error);
  }
}

const clock: Clock = {
  now: wakefulClock(() => performance.now(), Date.now),
  unixSeconds: () => Math.floor(Date.now() / 1000),
  later: (milliseconds, run) => {
    const timer = setTimeout(() => guarded(run), milliseconds);
    return () => clearTimeout(timer);
  },
};

async function loadModule(): Promise<GroupModule> {
  const response = await fetch(new URL('./sotto-group.wasm', import.meta.url));
  if (!response.ok) throw new Error(`sotto-group.wasm beside the worker answered ${response.status}`);
  return GroupModule.load(await response.arrayBuffer());
}

/** From the start: a worker may be there before its group. What fails is said then. */
const loading = loadModule();
loading.catch(() => undefined);

async function create(start: GroupStart): Promise<void> {
  const profile = start.identity === 'kept' ? await Profile.open() : null;
  const [module, identity, pins] = await Promise.all([
    loading,
    profile?.identity() ?? new Uint8Array(0),
    profile?.pins() ?? null,
  ]);
  // A pin that could not be stored is met anew in the next call: no reason to end this one.
  const keeper = new Keeper(module, clock, post, (met) => void profile?.keepPins(met).catch(() => undefined));
  keeper.create(start, identity, pins);
  self.onmessage = ({ data }: MessageEvent<ToGroupWorker>) => guarded(() => serve(keeper, data));
  post({ type: 'created' });
}

function serve(keeper: Keeper, message: ToGroupWorker): void {
  switch (message.type) {
    case 'follow':
      return keeper.follow(message.others);
    case 'message':
      return keeper.receive(message.message);
    case 'left':
      return keeper.left(message.endpoint);
    case 'reconnected':
      return keeper.reconnected(message.same, message.endpoint);
    case 'frames':
      return keeper.connectFrames(message.port);
    case 'request': {
      const { request, body } = message;
      try {
        post({ type: 'reply', request, value: keeper.answer(body) });
      } catch (error) {
        if (!(error instanceof E2eeError)) throw error;
        post({ type: 'refusal', request, code: error.code, message: error.message });
      }
    }
  }
}

self.onmessage = ({ data }: MessageEvent<ToGroupWorker>) => {
  if (data.type === 'create') void create(data.start).catch(fail);
};
