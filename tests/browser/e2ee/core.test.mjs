// The WebAssembly core alone: known answers, bounds, and that no secret can be read out of it.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../support/paths.mjs';
import { linkBytes, loadCore, loadCoreWithRandom, MAX_FRAME_BYTES, wasmBytes } from './inside.mjs';
import { CODECS, linkKeys, seal } from './second_opinion.mjs';

const vectors = JSON.parse(await readFile(join(root, 'tests/vectors/sframe-profile.json'), 'utf8'));
const SECRET = Buffer.from(vectors.link_keys[0].link_secret, 'hex');
const KID = 'fedcba9876543210';
const session = (core, secret = SECRET) => core.createSession('quiet-otter', 0, Uint8Array.from(secret));
// Bytes that look random and are the same each run.
function bytes(size, seed = 'frame') {
  const out = Buffer.alloc(Math.ceil(size / 64) * 64);
  for (let at = 0; at < size; at += 64) createHash('sha512').update(`${seed} ${at}`).digest().copy(out, at);
  return out.subarray(0, size);
}
const sealed = (core, sealer, codec, keyFrame, frame) => {
  assert.ok(core.write(frame));
  return core.seal(sealer, codec, keyFrame, frame.length);
};
const opened = (core, handle, codec, wire) => {
  assert.ok(core.write(new Uint8Array(wire)));
  return core.open(handle, codec, wire.byteLength);
};

test('the second opinion agrees with the published vectors', () => {
  let cases = 0;
  for (const { link_secret, room, gen, message_key, base_keys } of vectors.link_keys) {
    const keys = linkKeys(Buffer.from(link_secret, 'hex'), room, gen);
    assert.equal(keys.messageKey().toString('hex'), message_key);
    for (const { kid, base_key } of base_keys) assert.equal(keys.baseKey(kid).toString('hex'), base_key);
    cases += 1 + base_keys.length;
  }
  for (const { base_key, kid, ctr, codec, key_frame, frame, wire } of vectors.frames) {
    if (/H26/.test(codec)) continue; // the shells that escape
    const ours = seal({ baseKey: Buffer.from(base_key, 'hex'), kid, ctr, codec, keyFrame: key_frame, frame: Buffer.from(frame, 'hex') });
    assert.equal(ours.toString('hex'), wire);
    cases++;
  }
  console.log(`${cases} vectors`);
  assert.ok(cases >= 20);
});

test('what is opened is what lies in the input now, not what was looked at before', async () => {
  const core = await loadCore();
  const sender = session(core), receiver = session(core);
  const { sealer, kid } = core.createSealer(sender);
  core.announce(receiver, kid);
  for (const codec of ['audio/opus', 'video/VP8', 'video/H264'].map((name) => CODECS[name])) {
    const [first, second] = [bytes(1000, 'first'), bytes(1000, 'second')];
    const wires = [first, second].map((plain) => new Uint8Array(sealed(core, sealer, codec, false, plain)));
    if (wires[0].length !== wires[1].length) continue; // escaped differently
    core.write(wires[0]);
    assert.equal(core.peek(codec, wires[0].length).kidLow, Number.parseInt(kid.slice(8), 16));
    core.write(wires[1]);
    assert.deepEqual(Buffer.from(core.open(receiver, codec, wires[1].length)), Buffer.from(second));
    core.write(wires[0]);
    core.peek(codec, wires[0].length);
    assert.deepEqual(Buffer.from(core.open(receiver, codec, wires[0].length)), Buffer.from(first));
    core.peek(codec, wires[0].length);
    assert.equal(core.open(receiver, codec, wires[0].length), 'replayed');
  }
});

test('the core seals every size as the second opinion does, and opens it again', async () => {
  const { core, restore } = await loadCoreWithRandom(Buffer.from(KID, 'hex'));
  try {
    const handle = session(core), receiver = session(core);
    const { sealer, kid } = core.createSealer(handle);
    assert.equal(kid, KID);
    assert.ok(core.announce(receiver, kid));
    const baseKey = linkKeys(SECRET, 'quiet-otter', 0).baseKey(kid);
    let ctr = 0;
    for (const size of [0, 1, 15, 63, 64, 80, 255, 256, 257, 300, 511, 1024, 1200, 4096, 10240, 102400, 1 << 20]) {
      for (const codec of ['audio/opus', 'video/VP8', 'video/VP9', 'video/AV1']) {
        const keyFrame = size % 2 === 1, frame = bytes(size);
        const wire = sealed(core, sealer, CODECS[codec], keyFrame, frame);
        const expected = seal({ baseKey, kid, ctr: ctr++, codec, keyFrame, frame });
        assert.ok(expected.equals(Buffer.from(wire)), `${codec}, ${size} bytes`);
        assert.ok(frame.equals(Buffer.from(opened(core, receiver, CODECS[codec], wire))), `${codec}, ${size} bytes`);
      }
    }
  } finally {
    restore();
  }
});

// A page is loaded again under the same link, and its worker counts from zero: what the bridge knows of the one
// start would show what was said in the other.
test('two starts under one link share no key and nonce, since each draws a KID; with one that comes again, one shows the other', async () => {
  const [known, secret] = [Buffer.alloc(40, 1), bytes(40, 'secret')];
  const said = (core, plain) => {
    const { sealer } = core.createSealer(session(core));
    return Buffer.from(sealed(core, sealer, CODECS['audio/opus'], false, plain));
  };
  const shows = (one, other) => {
    const xor = one.map((byte, at) => byte ^ other[at]);
    const difference = known.map((byte, at) => byte ^ secret[at]);
    return xor.includes(difference);
  };
  const again = async (plain) => {
    const { core, restore } = await loadCoreWithRandom(Buffer.from(KID, 'hex'));
    try {
      return said(core, plain);
    } finally {
      restore();
    }
  };
  assert.ok(shows(await again(known), await again(secret)));
  assert.ok(!shows(said(await loadCore(), known), said(await loadCore(), secret)));
});

// The records of tests/fixtures/frames: real encoders' output.
function* captured(file) {
  for (let at = 0; at < file.length;) {
    const size = file.readUInt32LE(at);
    yield { keyFrame: (file[at + 4] & 1) === 1, frame: file.subarray(at + 11, at + 11 + size) };
    at += 11 + size;
  }
}

test('captured frames of every codec come back bit for bit', async () => {
  const core = await loadCore(), handle = session(core), receiver = session(core);
  const { sealer, kid } = core.createSealer(handle);
  core.announce(receiver, kid);
  let count = 0;
  for (const [codec, name] of [[1, 'opus'], [2, 'vp8'], [3, 'vp9'], [4, 'av1'], [5, 'h264']]) {
    const file = await readFile(join(root, `tests/fixtures/frames/${name}.bin`));
    for (const { keyFrame, frame } of captured(file)) {
      const wire = sealed(core, sealer, codec, keyFrame, frame);
      assert.ok(wire instanceof ArrayBuffer, `${name}: ${wire}`);
      assert.ok(frame.equals(Buffer.from(opened(core, receiver, codec, wire))), name);
      assert.equal(core.lastFrame().keyFrame, keyFrame && codec !== 1);
      assert.equal(opened(core, receiver, codec, wire), 'replayed');
      count++;
    }
  }
  console.log(`${count} captured frames`);
  assert.ok(count >= 10);
});

test('a changed bit anywhere, another codec, or another link does not open', async () => {
  const core = await loadCore(), handle = session(core), receiver = session(core);
  const other = session(core, bytes(32, 'another link'));
  const { sealer, kid } = core.createSealer(handle);
  core.announce(receiver, kid);
  core.announce(other, kid);
  const wire = Buffer.from(sealed(core, sealer, CODECS['video/VP9'], true, bytes(300)));
  for (let at = 0; at < wire.length; at++) {
    const changed = Buffer.from(wire);
    changed[at] ^= 1 << at % 8;
    assert.equal(typeof opened(core, receiver, CODECS['video/VP9'], changed), 'string', `byte ${at}`);
  }
  assert.equal(opened(core, other, CODECS['video/VP9'], wire), 'unauthenticated');
  assert.equal(opened(core, receiver, CODECS['audio/opus'], wire), 'wrong-state');
  for (let size = 0; size < wire.length; size += 7) {
    assert.equal(typeof opened(core, receiver, CODECS['video/VP9'], wire.subarray(0, size)), 'string');
  }
});

test('the largest frame of every codec passes, and memory stays below its bound', async () => {
  const { instance } = await WebAssembly.instantiate(linkBytes, {
    env: { sotto_random: () => undefined, emscripten_notify_memory_growth: () => undefined },
    wasi_snapshot_preview1: { proc_exit: () => { throw new Error('aborted'); } },
  });
  assert.throws(() => instance.exports.memory.grow(1024), RangeError, 'it cannot grow over 64 MiB');
  const core = await loadCore(), handle = session(core), receiver = session(core);
  const { sealer, kid } = core.createSealer(handle);
  core.announce(receiver, kid);
  const frame = Buffer.alloc(MAX_FRAME_BYTES, 0); // the worst case for H.264's emulation prevention
  for (let round = 0; round < 3; round++) {
    for (const codec of Object.values(CODECS)) {
      const wire = sealed(core, sealer, codec, false, frame);
      assert.ok(wire instanceof ArrayBuffer, `${codec}: ${wire}`);
      assert.ok(frame.equals(Buffer.from(opened(core, receiver, codec, wire))));
    }
  }
  assert.equal(core.write(new Uint8Array(9 << 20)), false, 'more is refused before it is copied');
  assert.ok(sealed(core, sealer, 1, false, bytes(80)) instanceof ArrayBuffer, 'and the core goes on');
});

test('the exports are these, and none of them gives a key', () => {
  const names = (wasm) => WebAssembly.Module.exports(new WebAssembly.Module(wasm)).map(({ name }) => name).sort();
  const all = ['_initialize', 'memory', 'sotto_initialize', 'sotto_input', 'sotto_last_frame', 'sotto_opened_at', 'sotto_output',
    'sotto_peek'];
  assert.deepEqual(names(linkBytes), [...all, 'sotto_announce', 'sotto_open', 'sotto_open_message', 'sotto_seal',
    'sotto_seal_message', 'sotto_sealer_create', 'sotto_sealer_destroy', 'sotto_session_create', 'sotto_session_destroy',
    'sotto_withdraw'].sort());
  assert.deepEqual(names(wasmBytes), [...all, ...['create', 'destroy', 'erase_key', 'expire', 'key_frame', 'open',
    'ratchet', 'ratcheted', 'seal', 'set_key', 'use_key'].map((name) => `sotto_participant_${name}`)].sort());
});

test('the link secret is nowhere in memory once the session stands', async () => {
  let memory;
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = async (...given) => {
    const result = await instantiate(...given);
    memory = result.instance.exports.memory;
    return result;
  };
  const core = await loadCore().finally(() => { WebAssembly.instantiate = instantiate; });
  const secret = Uint8Array.from(bytes(32, 'secret')), kept = Buffer.from(secret);
  const handle = core.createSession('quiet-otter', 0, secret);
  const { sealer } = core.createSealer(handle);
  sealed(core, sealer, 1, false, bytes(80));
  assert.ok(secret.every((byte) => byte === 0), "the page's copy is wiped");
  const heap = Buffer.from(memory.buffer);
  assert.equal(heap.indexOf(kept), -1);
  assert.equal(heap.indexOf(kept.subarray(0, 16)), -1);
  assert.ok(heap.indexOf(Buffer.from('quiet-otter')) >= 0, 'this search does find what is there');
});

test('a session needs 32 bytes of secret and a room', async () => {
  const core = await loadCore();
  assert.equal(core.createSession('quiet-otter', 0, new Uint8Array(31)), null);
  assert.equal(core.createSession('', 0, new Uint8Array(32)), null);
  assert.equal(core.createSession('r'.repeat(65), 0, new Uint8Array(32)), null);
});
