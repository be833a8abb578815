// A group in a page that never connects anything to seal frames: a chat, or a participant without media. No
// epoch's keys wait there for nobody; who comes late still has the current ones (group_exports.cc).
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { webcrypto } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

globalThis.crypto ??= webcrypto;
const wasm = new URL('../../wasm/', import.meta.url);
const { outputFiles } = await build({
  stdin: {
    contents: `export { GroupModule } from './group/worker/module.ts'; export { Reader } from './group/worker/reader.ts';
      export { Wish } from './group/protocol.ts';`,
    resolveDir: fileURLToPath(new URL('src', wasm)),
    loader: 'ts',
  },
  bundle: true, format: 'esm', platform: 'node', target: 'node18', write: false,
});
const { GroupModule, Reader, Wish } =
  await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
const bytes = await readFile(new URL('dist/sotto-group.wasm', wasm));

const HANDSHAKE = 1;
const text = (value) => [Uint8Array.of(value.length), new TextEncoder().encode(value)];

/** Somebody alone in a room, whose commits come back. */
class Alone {
  #number = 0;
  now = 1000;

  static async found() {
    const one = new Alone();
    one.module = await GroupModule.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    one.endpoint = crypto.getRandomValues(new Uint8Array(16));
    const config = [Uint8Array.of(1, 0, 0, 3), one.endpoint, Uint8Array.of(0), ...text('room'),
      ...text(`0.${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')}`), ...text('Ada')];
    one.module.write(...config);
    assert.equal(one.module.exports.sotto_group_create(config.reduce((sum, part) => sum + part.length, 0)), 0);
    one.module.exports.sotto_group_start(0, one.now, 1_795_000_000);
    one.#settle();
    assert.equal(one.module.exports.sotto_group_epoch(), 0);
    return one;
  }

  update() {
    const { exports } = this.module;
    const before = exports.sotto_group_epoch();
    this.now += 31_000; // updates are for every thirty seconds
    assert.equal(exports.sotto_group_wish(Wish.UPDATE, 0, 0, this.now), 0);
    this.#settle();
    assert.equal(exports.sotto_group_epoch(), before + 1);
  }

  /** What the worker asks for after everything, but for frames: nobody is there to take them. */
  #settle() {
    const { module } = this;
    while (module.output(module.exports.sotto_group_poll_event())) { /* told */ }
    for (let message; (message = module.output(module.exports.sotto_group_poll_message()));) {
      const from = new Reader(message);
      const kind = from.uint(1);
      from.list(() => from.endpoint());
      const body = from.rest();
      if (kind !== HANDSHAKE) continue;
      module.write(this.endpoint, body);
      assert.equal(module.exports.sotto_group_handle(kind, 16 + body.length, ++this.#number, this.now), 0);
      while (module.output(module.exports.sotto_group_poll_event())) { /* told */ }
    }
  }

  get memory() {
    return this.module.exports.memory.buffer.byteLength;
  }
}

test('thousands of epochs leave no keys waiting where nobody seals frames', async () => {
  const one = await Alone.found();
  for (let epoch = 0; epoch < 300; epoch++) one.update();
  const before = one.memory;
  for (let epoch = 0; epoch < 9000; epoch++) one.update();
  assert.equal(one.memory, before, 'what waits would have to lie somewhere');
});

test('who comes late has the current epoch\'s keys, once, and nobody else has them', async () => {
  const one = await Alone.found();
  for (let epoch = 0; epoch < 20; epoch++) one.update();
  const { module } = one;
  const connect = () => {
    module.write(crypto.getRandomValues(new Uint8Array(32)));
    const complete = module.exports.sotto_group_connect_frames();
    let messages = 0;
    while (module.output(module.exports.sotto_group_poll_frames())) messages++;
    return { complete, messages };
  };
  const first = connect();
  assert.equal(first.complete, 1);
  assert.ok(first.messages >= 1 && first.messages <= 2, `${first.messages} messages of twenty epochs`);
  assert.equal(connect().complete, 0, 'they are given away');
  one.update();
  let messages = 0;
  while (module.output(module.exports.sotto_group_poll_frames())) messages++;
  assert.equal(messages, 1, 'the next epoch is everybody\'s');
});
