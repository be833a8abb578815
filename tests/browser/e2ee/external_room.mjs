// Endpoints whose app hands out keys, in virtual time: as virtual_room.mjs, in any frame format.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../support/paths.mjs';
import { Core, Events, ExternalKeys, Lock, Room, Samples, wasmBytes } from './inside.mjs';
import { copy, frame } from './virtual_room.mjs';

const allFormats = await readFile(join(root, 'wasm/dist/sotto-formats.wasm'));

// An encoder's VP8 frame by its first bytes (RFC 6386 section 9.1), with a text in it; formats that
// leave codec bytes in the clear look at them.
const KEY = [0x10, 0x02, 0x00, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xb4, 0x00], DELTA = [0x31, 0x02, 0x00];
const encoded = (type, text) => {
  const bytes = new TextEncoder().encode(text);
  const head = type === 'key' ? KEY : type === 'delta' ? DELTA : [0x78];
  return Uint8Array.from([...head, ...bytes]);
};
const shown = (data) => new TextDecoder().decode(new Uint8Array(data)).replace(/^[^]*?(?=<)/, '');

export async function endpoint(time, format = 'sotto', { suite = 0 } = {}) {
  const events = [], now = () => time.now;
  const wasm = format === 'sotto' && suite === 0 ? wasmBytes : allFormats;
  const context = {
    core: await Core.load(wasm), lock: new Lock(), now, later: time.later,
    events: new Events((event) => events.push({ type: event.type, ...event.detail }), now),
    samples: new Samples(() => undefined, now),
  };
  const room = new Room(context, format, new ExternalKeys(context, format, suite));
  const manage = (type, whose, fields) => room.manageKeys({ type, whose, ...fields });
  const material = (key) => (typeof key === 'string' ? new TextEncoder().encode(key) : Uint8Array.from(key));
  const given = (key) => ({ kind: typeof key === 'string' ? 1 : 0, material: material(key) });
  // As the worker does with passphrases: first in WebCrypto.
  const stretched = async (type, whose, passphrase, fields) => {
    const request = { type, whose, ...given(passphrase), ...fields };
    await room.prepare(request);
    return room.manageKeys(request);
  };
  return {
    room, events, context, time,
    setKey: (whose, key, index = 0, use = true) => manage('set-key', whose, { ...given(key), index, use }),
    rotate: (whose, key, index) => manage('rotate', whose, { ...given(key), index }),
    setStretched: (whose, passphrase, index = 0) => stretched('set-key', whose, passphrase, { index, use: true }),
    rotateStretched: (whose, passphrase) => stretched('rotate', whose, passphrase, {}),
    ratchet: (whose) => manage('ratchet', whose, {}),
    use: (index) => manage('use-key', undefined, { index }),
    of: (type) => events.filter((event) => event.type === type),
  };
}

let rtp = 0;

// A sending stream: `send(type, text)` gives the frames that leave; `asked` the key frames it made.
export function sender(from, source, ssrc = 7) {
  const kind = source === 'camera' || source === 'screen' ? 'video' : 'audio';
  const asked = [], out = [];
  const stream = from.room.addSender({ side: 'send', source, kind, codec: undefined, id: 0 }, () => asked.push(from.time.now));
  const send = (type, text = 'a frame') => {
    const made = frame(kind === 'video' ? 'video/VP8' : 'audio/opus', kind === 'video' ? type ?? 'delta' : undefined);
    made.data = encoded(kind === 'video' ? type ?? 'delta' : 'audio', `<${text}>`).buffer;
    const metadata = { ...made.getMetadata(), synchronizationSource: ssrc, rtpTimestamp: rtp += 3000 };
    made.getMetadata = () => metadata;
    stream.send(made, (sealed) => out.push(sealed));
    return out.pop();
  };
  return { send, asked, report: () => stream.report() };
}

// A receiving stream of `participant`: `shown` are the texts that reached the decoder.
export function receiver(to, participant, kind = 'video', slot = `${participant} ${kind}`) {
  const texts = [], asked = [];
  if (participant) to.room.claim(slot, { endpoint: participant, source: kind === 'video' ? 'camera' : 'microphone' });
  const stream = to.room.addReceiver({ side: 'receive', slot, kind, codec: undefined }, () => asked.push(to.time.now));
  const give = (...frames) => {
    for (const one of frames) if (one) stream.receive(copy(one), (opened) => texts.push(shown(opened.data).replace(/[<>]/g, '')));
  };
  return { give, shown: texts, asked, slot, drops: () => stream.report().drops, report: () => stream.report() };
}

// Is any of the text in these bytes?
export const readable = (sealed, text) => Buffer.from(sealed.data).includes(text);
export const key = (fill, size = 32) => new Uint8Array(size).fill(fill);
export const named = (participant) => ({ participant });
