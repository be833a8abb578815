// One worker with everything in it that is compared, each behind transforms of its own: what it is
// asked to do it does one after another, in one thread, so that all are measured alike.
import { core, sotto } from './capture.js';
import '/livekit/livekit-client.e2ee.worker.mjs';
import '/e2ee/worker.js';
import { Endpoint } from './endpoint.js';
import { attachLiveKit, startLiveKit } from './livekit.js';
import { keepOriginals, known, makeFrame } from './originals.js';
import { Path, Switch } from './switch.js';
import { connect, connectLean, copies, gcmKey, passThrough, webCryptoOpen, webCryptoSeal } from './yardsticks.js';
import { sealAgain } from './raw.js';

const KINDS = ['video', 'audio'];
const endpoints = new Map(); // "sotto video" and the like
const rows = new Map(); // name: {mime, frames: [{bytes, key}]}
const paths = new Map(); // of a live call, by rival
let live = null;
let turn = 0;

const commands = {
  async start({ side }) {
    await startLiveKit();
    const key = await gcmKey();
    for (const kind of KINDS) {
      void connectLean(endpoint('passthrough', kind), passThrough());
      connect(endpoint('transformstream', kind), passThrough());
      void connectLean(endpoint('copies', kind), copies());
      connect(endpoint('webcrypto', kind), side === 'seal' ? webCryptoSeal(key) : webCryptoOpen(key));
      attachLiveKit(endpoint('livekit', kind), side === 'seal' ? 'encode' : 'decode', `track-${kind}`);
    }
  },
  // Sotto's page script made an RTCRtpScriptTransform; these are its options.
  transform({ kind, options }) {
    if (kind === 'live') paths.set('sotto', new Path());
    const { readable, writable } = kind === 'live' ? paths.get('sotto') : endpoint('sotto', kind);
    sotto.transform({ options, readable, writable, sendKeyFrameRequest: async () => undefined,
      generateKeyFrame: async () => undefined });
  },
  // The paths of a live call; the call's own transform comes as an event.
  live({ side, notes }) {
    paths.set('passthrough', new Path()).set('livekit', new Path());
    connect(paths.get('passthrough'), passThrough());
    attachLiveKit(paths.get('livekit'), side === 'send' ? 'encode' : 'decode', 'track-live');
    live = new Switch(side, notes, ['passthrough', 'sotto', 'livekit'].map((name) => [name, paths.get(name)]));
  },
  mode({ mode }) {
    live.mode = mode;
  },
  // Milliseconds of each frame since the last time this was asked.
  times() {
    const { times, unknown } = live;
    live.times = Object.fromEntries(Object.keys(times).map((name) => [name, []]));
    return { times, unknown };
  },
  known,
  row({ name, mime, frames }) {
    rows.set(name, { mime, frames });
  },
  // Every rival once, in an order that moves on by one each time. With `given` (rival: frames'
  // bytes) those are put in, else the row's own. Returns microseconds a frame, and the bytes.
  async batch({ name, rivals, given, verify }) {
    const row = rows.get(name);
    const first = turn++ % rivals.length;
    const times = {}, results = {};
    for (const rival of [...rivals.slice(first), ...rivals.slice(0, first)]) {
      const frames = row.frames.map(({ bytes, key }, at) => makeFrame(row.mime, key, given?.[rival][at] ?? bytes.slice(0)));
      globalThis.gc?.({ type: 'minor' });
      const spent = await endpoint(rival, row.mime.split('/')[0]).run(frames, `${rival} ${name}`);
      times[rival] = spent * 1000 / frames.length;
      results[rival] = frames.map((frame) => frame.data);
      if (verify) check(rival, row, results[rival]);
    }
    return { times, results: given ? null : results };
  },
  // Microseconds of the core alone for a frame of the row's first size.
  async raw({ name, times }) {
    const { mime, frames } = rows.get(name);
    core.watching = true;
    await endpoint('sotto', mime.split('/')[0]).run([makeFrame(mime, frames[0].key, frames[0].bytes.slice(0))], name);
    core.watching = false;
    return sealAgain(times);
  },
};

function endpoint(name, kind) {
  const id = `${name} ${kind}`;
  if (!endpoints.has(id)) endpoints.set(id, new Endpoint());
  return endpoints.get(id);
}

function check(rival, { frames }, opened) {
  frames.forEach(({ bytes }, at) => {
    const a = new Uint8Array(bytes), b = new Uint8Array(opened[at]);
    if (a.length !== b.length || a.some((byte, i) => byte !== b[i])) throw new Error(`${rival} has not opened frame ${at}`);
  });
}

addEventListener('message', (event) => {
  if (event.data?.bench === undefined) return void sotto.message(event);
  const { bench, id, body } = event.data;
  Promise.resolve().then(() => commands[bench](body ?? {})).then(
    (value) => postMessage({ bench: id, value }, buffersIn(value)),
    (error) => postMessage({ bench: id, error: String(error?.stack ?? error) }));
});

addEventListener('rtctransform', ({ transformer }) => {
  if (transformer.options.live) void live.run(transformer);
  else keepOriginals(transformer);
});

function buffersIn(value) {
  return value?.results ? Object.values(value.results).flat() : [];
}
