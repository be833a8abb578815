// DAVE 1 after its published protocol, on WebCrypto: one sender or one receiver in one epoch. Written
// from protocol.md alone, with arrays where the real thing has buffers.
import { aesGcm, be32, hkdfExpand, join, le32, text } from './bytes.mjs';

export function uleb128(value) {
  const out = [];
  for (; value >= 0x80; value = Math.floor(value / 128)) out.push(0x80 | (value & 0x7f));
  out.push(value);
  return out;
}

function readUleb128(bytes, from) {
  let value = 0;
  for (let i = from, scale = 1; ; ++i, scale *= 128) {
    value += (bytes[i] & 0x7f) * scale;
    if ((bytes[i] & 0x80) === 0) return [value, i + 1];
  }
}

// RFC 9420 section 8.
function expandWithLabel(secret, label, context, size) {
  const full = text(`MLS 1.0 ${label}`);
  return hkdfExpand(secret, join([size >> 8, size & 255], [full.length], full, [context.length], context), size);
}

export async function generationKey(baseSecret, generation) {
  let secret = baseSecret;
  for (let g = 0; g < generation; ++g) secret = await expandWithLabel(secret, 'secret', be32(g), 32);
  return expandWithLabel(secret, 'key', be32(generation), 16);
}

function nalUnits(data) {
  const starts = [];
  for (let i = 0; i + 2 < data.length; ++i) {
    if (data[i] === 0 && data[i + 1] === 0 && data[i + 2] === 1) starts.push(i + 3);
  }
  return starts.map((start, n) => {
    let end = n + 1 < starts.length ? starts[n + 1] - 3 : data.length;
    while (end > start && data[end - 1] === 0) --end;
    return data.slice(start, end);
  });
}

// Bytes of a slice NAL unit up to the end of pic_parameter_set_id: three ue(v) codes.
function upToPpsId(unit) {
  const bits = [];
  const places = [];
  for (let i = 1; i < unit.length && i < 24; ++i) {
    if (i >= 3 && unit[i] === 3 && unit[i - 1] === 0 && unit[i - 2] === 0) continue;
    for (let b = 7; b >= 0; --b) { bits.push(unit[i] >> b & 1); places.push(i); }
  }
  let at = 0;
  for (let code = 0; code < 3; ++code) {
    let zeros = 0;
    while (bits[at] === 0) { ++zeros; ++at; }
    at += 1 + zeros;
  }
  return places[at - 1] + 1;
}

function clearOfNal(codec, unit) {
  if (codec === 'h265') return (unit[0] >> 1 & 63) < 32 ? 2 : unit.length;
  const type = unit[0] & 31;
  return type === 1 || type === 5 ? upToPpsId(unit) : unit.length;
}

function obus(data) {
  const out = [];
  for (let at = 0; at < data.length; ) {
    const header = data[at] & 4 ? [data[at], data[at + 1]] : [data[at]];
    let start = at + header.length;
    let size = data.length - start;
    if (data[at] & 2) [size, start] = readUleb128(data, start);
    out.push({ type: data[at] >> 3 & 15, header, payload: data.slice(start, start + size) });
    at = start + size;
  }
  return out.filter(({ type }) => ![2, 8, 15].includes(type));
}

// Pieces [clear, encrypted] of what is sealed.
function pieces({ codec, key, data }) {
  if (codec === 'vp8') return [[data.slice(0, key ? 10 : 1), data.slice(key ? 10 : 1)]];
  if (codec === 'h264' || codec === 'h265') {
    return nalUnits(data).map((unit) => {
      const clear = clearOfNal(codec, unit);
      return [join([0, 0, 0, 1], unit.slice(0, clear)), unit.slice(clear)];
    });
  }
  if (codec === 'av1') {
    return obus(data).map(({ header, payload }, i, all) => {
      const last = i === all.length - 1;
      const first = last ? header[0] & ~2 : header[0] | 2;
      return [join([first], header.slice(1), last ? [] : uleb128(payload.length)), payload];
    });
  }
  return [[new Uint8Array(), data]];
}

// The frame as it is sealed, and so as it comes back.
export function transformed(frame) {
  return join(...pieces(frame).flat());
}

function cut(data, ranges) {
  const clear = [];
  const rest = [];
  data.forEach((byte, i) => (ranges.some(([at, size]) => i >= at && i < at + size) ? clear : rest).push(byte));
  return [Uint8Array.from(clear), Uint8Array.from(rest)];
}

function mend(size, ranges, clear, rest) {
  const [c, r] = [[...clear].values(), [...rest].values()];
  return Uint8Array.from({ length: size }, (_, i) =>
    (ranges.some(([at, length]) => i >= at && i < at + length) ? c : r).next().value);
}

const nonce12 = (nonce) => join(new Uint8Array(8), le32(nonce));
const startCodes = (bytes) =>
  bytes.reduce((n, byte, i) => n + (byte === 1 && bytes[i - 1] === 0 && bytes[i - 2] === 0 ? 1 : 0), 0);

export class DaveModel {
  #baseSecret;
  nonce = 0;

  constructor(baseSecret) {
    this.#baseSecret = baseSecret;
  }

  async seal(frame) {
    const ranges = [];
    let at = 0;
    for (const [clear, encrypted] of pieces(frame)) {
      const last = ranges.at(-1);
      if (clear.length && last && last[0] + last[1] === at) last[1] += clear.length;
      else if (clear.length) ranges.push([at, clear.length]);
      at += clear.length + encrypted.length;
    }
    const [clear, rest] = cut(transformed(frame), ranges);
    for (;;) {
      const nonce = ++this.nonce;
      const key = await generationKey(this.#baseSecret, nonce >>> 24);
      const sealed = await aesGcm('encrypt', key, nonce12(nonce), clear, rest, 64);
      const end = join(sealed.slice(-8), uleb128(nonce), ranges.flatMap(([a, b]) => [...uleb128(a), ...uleb128(b)]));
      const wire = join(mend(at, ranges, clear, sealed.slice(0, -8)), end, [end.length + 3], [0xfa, 0xfa]);
      if (!frame.codec.startsWith('h26') || startCodes(wire) === startCodes(clear)) return wire;
    }
  }

  // Throws when the frame is none of DAVE's or does not open.
  async open(wire) {
    if (wire.at(-1) !== 0xfa || wire.at(-2) !== 0xfa) throw new Error('no marker');
    const size = wire.at(-3);
    const media = wire.slice(0, -size);
    const end = wire.slice(-size, -3);
    let at = 8;
    const next = () => { const [value, to] = readUleb128(end, at); at = to; return value; };
    const nonce = next();
    const ranges = [];
    while (at < end.length) ranges.push([next(), next()]);
    const [clear, rest] = cut(media, ranges);
    const key = await generationKey(this.#baseSecret, nonce >>> 24);
    const plain = await aesGcm('decrypt', key, nonce12(nonce), clear, join(rest, end.slice(0, 8)), 64);
    return { data: mend(media.length, ranges, clear, plain), nonce, ranges };
  }
}
