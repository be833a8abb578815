// Real encoded frames: the fixtures, and the whole recordings where they are (tests/fixtures/frames/README.md
// has the layout of both).
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const fixtures = fileURLToPath(new URL('../fixtures/frames/', import.meta.url));
const recordings = process.env.SOTTO_REFERENCE_DIR && join(process.env.SOTTO_REFERENCE_DIR, '../captures/frames');

function read(path, codec) {
  const all = readFileSync(path);
  const frames = [];
  for (let at = 0; at + 11 <= all.length; ) {
    const size = all.readUInt32LE(at);
    if (size > all.length - at - 11) break;
    const data = new Uint8Array(all.subarray(at + 11, at + 11 + size));
    frames.push({ codec, key: (all[at + 4] & 1) !== 0, timestamp: all.readUInt32LE(at + 5), ssrc: 0x51070000 + codec.length, data });
    at += 11 + size;
  }
  return frames;
}

// Frames of one codec, in the order of the recording. Timestamps are made to begin again with the
// recording's own, which follows the fixture's.
export function framesOf(codec, { most = 150 } = {}) {
  const whole = recordings && join(recordings, `${codec}.bin`);
  if (whole && existsSync(whole)) return read(whole, codec).slice(0, most);
  console.log(`NOTICE: no recording of ${codec} beside SOTTO_REFERENCE_DIR, fixtures only`);
  return read(join(fixtures, `${codec}.bin`), codec);
}

// H.265 that no browser here encodes: parameter sets, an IDR slice and trailing slices, of random
// bytes with emulation prevention as an encoder writes it.
export function syntheticH265({ count = 20 } = {}) {
  const unit = (type, size, seed) => {
    const payload = Uint8Array.from({ length: size }, (_, i) => 1 + ((i * 31 + seed * 7) % 255));
    return [0, 0, 0, 1, type << 1, 1, ...payload];
  };
  return Array.from({ length: count }, (_, i) => {
    const key = i === 0;
    const units = key ? [unit(32, 20, i), unit(33, 40, i), unit(34, 8, i), unit(19, 900, i)] : [unit(1, 120 + i, i)];
    return { codec: 'h265', key, ssrc: 0x51070005, timestamp: 3000 * (i + 1), data: Uint8Array.from(units.flat()) };
  });
}
