// The page: two workers, one that seals and one that opens, each with Sotto's module in it under a
// key that both have. Sotto is driven by its public interface; only RTCRtpScriptTransform is not
// the browser's, because frames are put in by hand.
import { E2ee, LinkKeyProvider } from '/e2ee/index.js';
import { startLiveCall } from './live_call.js';
import { startLoopback } from './loopback.js';
import { recordedFrames, syntheticFrames } from './recordings.js';
import { Switch } from './switch.js';

const ALICE = 'YWxpY2VhbGljZWFsaWNlYQ';
const RealTransform = window.RTCRtpScriptTransform;
const RealWorker = window.Worker;
let lastWorker;
window.Worker = class extends RealWorker {
  constructor(...given) {
    super(...given);
    lastWorker = this;
  }
};

class Bench {
  #waiting = new Map();
  #next = 0;

  static async open() {
    const bench = new Bench();
    bench.e2ee = await E2ee.create({ workerUrl: '/worker.js' });
    bench.worker = lastWorker;
    bench.worker.addEventListener('message', ({ data }) => {
      const waiting = bench.#waiting.get(data.bench);
      bench.#waiting.delete(data.bench);
      if (data.error) waiting?.reject(new Error(data.error));
      else waiting?.resolve(data.value);
    });
    return bench;
  }

  ask(command, body = {}, transfer = []) {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.worker.postMessage({ bench: command, id, body }, transfer);
    });
  }

  /** Runs `attach` with a transform that hands its options to the bench worker. */
  async attach(kind, attach) {
    const given = [];
    window.RTCRtpScriptTransform = class { constructor(worker, options) { given.push(options); } };
    attach();
    window.RTCRtpScriptTransform = RealTransform;
    await this.ask('transform', { kind, options: given[0] });
  }
}

let sealing, opening;

/** `keys`: 'link', those of a room link, or 'external', one that the app has handed out. */
window.start = async (keys) => {
  [sealing, opening] = [await Bench.open(), await Bench.open()];
  await (keys === 'link' ? useLink() : useExternalKey());
  await sealing.ask('start', { side: 'seal' });
  await opening.ask('start', { side: 'open' });
  await sealing.attach('video', () => sealing.e2ee.attachSender({}, { source: 'camera' }));
  await sealing.attach('audio', () => sealing.e2ee.attachSender({}, { source: 'microphone' }));
  await opening.attach('video', () => opening.e2ee.attachReceiver({}, { slot: 'v0', kind: 'video' }));
  await opening.attach('audio', () => opening.e2ee.attachReceiver({}, { slot: 'a0', kind: 'audio' }));
  const stop = await startLoopback((worker) => new RealTransform(worker, {}), sealing.worker, opening.worker,
    async () => Promise.all([sealing.ask('known'), opening.ask('known')]));
  stop();
  // A receiver of Sotto's starts a picture with a key frame.
  await addRow('first', { size: 1000, count: 1, key: true });
  await measure('first', ['sotto'], 1, true);
};

async function useLink() {
  const secret = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';
  for (const { e2ee } of [sealing, opening]) {
    await e2ee.setKeyProvider(new LinkKeyProvider({ room: 'quiet-otter', generation: 0, secret }));
  }
  const state = await sealing.e2ee.sealState(ALICE, { name: 'Alice', muted: { microphone: false, camera: false } });
  await opening.e2ee.openState(ALICE, state);
}

async function useExternalKey() {
  for (const { e2ee } of [sealing, opening]) await e2ee.setKey(new Uint8Array(32).fill(9));
}

window.addRow = async (name, { recording, size, count, key }) => {
  const row = recording ? await recordedFrames(recording) : syntheticFrames(size, count, key);
  for (const side of [sealing, opening]) await side.ask('row', { name, ...row });
  const bytes = row.frames.reduce((sum, frame) => sum + frame.bytes.byteLength, 0);
  return { frames: row.frames.length, bytes: bytes / row.frames.length };
};

// One round: every rival seals the row's frames, then every rival opens what it has sealed.
async function round(name, rivals, verify) {
  const sealed = await sealing.ask('batch', { name, rivals });
  const transfer = Object.values(sealed.results).flat();
  const opened = await opening.ask('batch', { name, rivals, given: sealed.results, verify }, transfer);
  return { encrypt: sealed.times, decrypt: opened.times, frames: sealed.results[rivals[0]].length };
}

/** {encrypt: {rival: [µs a frame, one a round]}, decrypt: ...} */
window.measure = async (name, rivals, rounds, verify = false) => {
  const samples = { encrypt: {}, decrypt: {} };
  for (let at = 0; at < rounds; at++) {
    const times = await round(name, rivals, verify && at === 0);
    for (const way of Object.keys(samples)) {
      for (const rival of rivals) (samples[way][rival] ??= []).push(times[way][rival]);
    }
  }
  return samples;
};

/** The same for one rival alone, without a pause; returns how many frames were sealed and opened. */
window.keepBusy = async (name, rival, rounds) => {
  let frames = 0;
  for (let at = 0; at < rounds; at++) frames += (await round(name, [rival], false)).frames;
  return frames;
};

window.rawSeal = (name, times) => sealing.ask('raw', { name, times });
window.moduleStats = async () => [...await sealing.e2ee.stats(), ...await opening.e2ee.stats()];

/** A call in 1280x720 whose frames go through one transform or another; see switch.js. */
window.startLive = async () => {
  const notes = new SharedArrayBuffer(Switch.notesSize);
  await sealing.attach('live', () => sealing.e2ee.attachSender({}, { source: 'screen' }));
  await opening.attach('live', () => opening.e2ee.attachReceiver({}, { slot: 'live', kind: 'video', source: 'screen' }));
  await sealing.ask('live', { side: 'send', notes });
  await opening.ask('live', { side: 'receive', notes });
  await setMode('sotto'); // its receiver starts with a key frame, which is the first
  window.live = await startLiveCall((worker) => new RealTransform(worker, { live: true }), sealing.worker, opening.worker);
};
window.setMode = (mode) => sealing.ask('mode', { mode });
window.liveTimes = async () => ({ send: await sealing.ask('times'), receive: await opening.ask('times') });
window.liveStats = () => live.stats();
window.isolated = () => crossOriginIsolated;
document.title = 'ready';
