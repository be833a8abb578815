// What each fake camera and microphone plays: a clip that carries a participant's number as
// eight black or white blocks, and a tone of its own. Made when first needed, the same each time.
import { existsSync, mkdirSync, openSync, writeSync, closeSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

export const WIDTH = 320, HEIGHT = 180, FPS = 15, FRAMES = 30;
const folder = join(root, 'build/test-media');

// Blocks of the number: 8 in a row across the middle, most significant first. Above them a
// marker row of the pattern 1 0 1 1 0 0 1 0 says that the picture is whole and upright.
export const MARKER = 0b10110010;
export const blocks = { width: WIDTH / 8, markerTop: 20, idTop: 80, height: 50 };

export function toneOf(id) { return 400 + 40 * id; }

export function videoClip(id) {
  const file = join(folder, `clip-${id}.y4m`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const out = openSync(`${file}.part`, 'w');
  writeSync(out, `YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FPS}:1 Ip A1:1 C420jpeg\n`);
  for (let frame = 0; frame < FRAMES; frame++) {
    writeSync(out, 'FRAME\n');
    writeSync(out, picture(id, frame));
  }
  closeSync(out);
  renameSync(`${file}.part`, file);
  return file;
}

function picture(id, frame) {
  const y = Buffer.alloc(WIDTH * HEIGHT, 128);
  const paint = (left, top, width, height, value) => {
    for (let row = top; row < top + height; row++) y.fill(value, row * WIDTH + left, row * WIDTH + left + width);
  };
  for (let bit = 0; bit < 8; bit++) {
    const left = bit * blocks.width;
    paint(left, blocks.markerTop, blocks.width, blocks.height, MARKER >> (7 - bit) & 1 ? 235 : 16);
    paint(left, blocks.idTop, blocks.width, blocks.height, id >> (7 - bit) & 1 ? 235 : 16);
  }
  paint((frame * 10) % (WIDTH - 20), 150, 20, 20, 235); // something that moves
  const chroma = Buffer.alloc(WIDTH * HEIGHT / 2, 128);
  return Buffer.concat([y, chroma]);
}

// A tone in short bursts: a steady one would be taken for noise and removed by the browser.
export function audioClip(id) {
  const file = join(folder, `tone-${id}.wav`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const rate = 48000, seconds = 2, samples = rate * seconds;
  const data = Buffer.alloc(samples * 2);
  for (let i = 0; i < samples; i++) {
    const inBurst = i % (rate * 0.4) < rate * 0.28;
    const value = inBurst ? Math.sin(2 * Math.PI * toneOf(id) * i / rate) * 0.5 : 0;
    data.writeInt16LE(Math.round(value * 32767), i * 2);
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0); header.writeUInt32LE(36 + data.length, 4); header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16); header.writeUInt16LE(1, 20); header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24); header.writeUInt32LE(rate * 2, 28); header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34); header.write('data', 36); header.writeUInt32LE(data.length, 40);
  writeFileSync(file, Buffer.concat([header, data]));
  return file;
}
