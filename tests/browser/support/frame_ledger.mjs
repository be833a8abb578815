// For tests only: a worker of frames that writes down what becomes of each of them, and has a door by
// which a test brings it sealed frames of its own. What ships has neither: the worker's script is
// prefixed on its way into the page.
import { randomUUID } from 'node:crypto';
import { until } from './until.mjs';

const prefix = `{
  const KEEP = 20000;
  const streams = [], optionsOf = new WeakMap(), streamOf = new WeakMap(), entryOf = new WeakMap();
  self.addEventListener('rtctransform', ({ transformer }) => optionsOf.set(transformer.readable, transformer.options));
  self.addEventListener('message', ({ data }) => { if (data.type === 'attach') optionsOf.set(data.readable, data.options); });

  // What comes while the core is at work waits unseen: so its longer calls are timed as well.
  const CALL_MS = 1;
  let burden = 0, calls = [];
  const timed = (name, run) => (...rest) => {
    const began = performance.now();
    if (name === 'sotto_frames_take') while (performance.now() < began + burden);
    try {
      return run(...rest);
    } finally {
      const call = { name, in: began, out: performance.now() };
      if (call.out - call.in > CALL_MS && calls.push(call) > KEEP) calls.shift();
    }
  };
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (...rest) => {
    const { instance } = await instantiate.apply(WebAssembly, rest);
    const all = Object.entries(instance.exports).map(([name, value]) => [name, typeof value === 'function' ? timed(name, value) : value]);
    return { instance: { exports: Object.fromEntries(all) } };
  };

  // The SFrame header of a sealed Opus or VP8 frame (RFC 9605 section 4.3).
  const numbersOf = (frame, video) => {
    const bytes = new Uint8Array(frame.data, 0, Math.min(frame.data.byteLength, 40));
    let at = video ? (bytes[0] & 1 ? 1 : 10) : 0;
    const config = bytes[at++];
    const field = (long, bits) => {
      if (!long) return bits.toString(16);
      const end = at + bits + 1;
      let text = '';
      while (at < end) text += (bytes[at++] ?? 0).toString(16).padStart(2, '0');
      return text;
    };
    const kid = field(config & 0x80, config >> 4 & 7).padStart(16, '0');
    return { kid, ctr: parseInt(field(config & 8, config & 7), 16) };
  };

  const { getReader } = ReadableStream.prototype;
  ReadableStream.prototype.getReader = function (...rest) {
    const reader = getReader.apply(this, rest), options = optionsOf.get(this);
    if (options) {
      const stream = { ...options, entries: [], mode: 'pass', copies: [], feed: [] };
      streams.push(stream);
      streamOf.set(reader, stream);
    }
    return reader;
  };

  const { read } = ReadableStreamDefaultReader.prototype;
  ReadableStreamDefaultReader.prototype.read = async function () {
    const stream = streamOf.get(this);
    for (;;) {
      const result = await read.call(this), frame = result.value;
      if (!stream || !frame || frame.data.byteLength === 0) return result;
      const entry = { in: performance.now(), out: null, fed: false };
      if (stream.mode !== 'pass') stream.copies.push(new Uint8Array(frame.data).slice());
      if (stream.mode === 'withhold') continue;
      if (stream.feed.length > 0) {
        frame.data = stream.feed.shift().buffer;
        entry.fed = true;
      }
      if (stream.side === 'receive') Object.assign(entry, numbersOf(frame, stream.kind === 'video'));
      entryOf.set(frame, { entry, stream });
      if (stream.entries.push(entry) > KEEP) stream.entries.shift();
      return result;
    }
  };

  const { write } = WritableStreamDefaultWriter.prototype;
  WritableStreamDefaultWriter.prototype.write = function (frame) {
    const known = entryOf.get(frame);
    if (known) {
      known.entry.out = performance.now();
      if (known.stream.side === 'send') Object.assign(known.entry, numbersOf(frame, known.stream.kind === 'video'));
    }
    return write.call(this, frame);
  };

  const orders = {
    report: () => streams.map(({ side, kind, source, slot, entries }) => ({ side, kind, source, slot, entries })),
    reset: () => {
      for (const stream of streams) stream.entries = [];
      calls = [];
    },
    calls: () => ({ origin: performance.timeOrigin, calls }),
    burden: ({ ms }) => { burden = ms; },
    mode: ({ slot, mode }) => { for (const stream of streams) if (stream.slot === slot) Object.assign(stream, { mode, ...mode !== 'pass' && { copies: [] } }); },
    copies: ({ slot }) => streams.filter((stream) => stream.slot === slot).flatMap(({ copies }) => copies),
    feed: ({ slot, frames }) => { for (const stream of streams) if (stream.slot === slot) stream.feed.push(...frames); },
  };
  const channel = new BroadcastChannel('frame-ledger');
  channel.onmessage = ({ data }) => { if (data.order) channel.postMessage({ id: data.id, answer: orders[data.order](data) }); };
}
`;

// For Participant.open({prepare: frameLedger}).
export async function frameLedger(context) {
  await context.route(/worker\.js/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: prefix + await response.text() });
  });
}

function order(person, message) {
  return person.page.evaluate(async (message) => {
    const channel = new BroadcastChannel('frame-ledger');
    try {
      return await new Promise((resolve, reject) => {
        channel.onmessage = ({ data }) => { if (data.id === message.id && 'answer' in data) resolve(data.answer); };
        channel.postMessage({ ...message, frames: message.frames?.map((text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))) });
        setTimeout(() => reject(new Error('the worker does not answer')), 60_000);
      }).then((answer) => message.order !== 'copies' ? answer : answer.map((bytes) => btoa(String.fromCharCode(...bytes))));
    } finally {
      channel.close();
    }
  }, { id: randomUUID(), ...message });
}

// [{side, kind, source | slot, entries: [{in, out, fed, kid, ctr}]}]; `out` is null for what was not passed on.
export const ledger = (person) => order(person, { order: 'report' });
export const resetLedger = (person) => order(person, { order: 'reset' });
// Calls of the core that took longer than a millisecond: {origin, calls: [{name, in, out}]}, in the ledger's time.
export const longCalls = (person) => order(person, { order: 'calls' });
// From now on the core takes so much longer over whatever comes from the group.
export const burden = (person, ms) => order(person, { order: 'burden', ms });
// What comes in this slot: 'pass'; 'copy': and is copied; 'withhold': is copied, and never seen by the worker.
export const setDoor = (person, slot, mode) => order(person, { order: 'mode', slot, mode });
export const copiesOf = (person, slot) => order(person, { order: 'copies', slot });

// In the place of the next frames that come in this slot; resolves with what became of them.
export async function feed(person, slot, frames) {
  const fed = async () => (await ledger(person)).find((stream) => stream.slot === slot).entries.filter((entry) => entry.fed);
  const before = (await fed()).length;
  await order(person, { order: 'feed', slot, frames });
  // Those that wait for a key are given up after half a second: until then they may still be opened.
  return until('all that was fed has been looked at, and given up or passed on', async () => {
    const mine = (await fed()).slice(before);
    const now = (await ledger(person)).find((stream) => stream.slot === slot).entries.at(-1).in;
    const open = mine.filter((entry) => entry.out === null && now - entry.in < 1000);
    return mine.length === frames.length && open.length === 0 && mine;
  });
}

export const keyOf = ({ kid, ctr }) => `${kid} ${ctr}`;
