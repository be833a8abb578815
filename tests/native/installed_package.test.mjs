// What a developer of a native endpoint does: install, find_package in a project of their own, and
// run the example on real frames.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const fixtures = join(root, 'tests/fixtures/frames');
const FILES = [['opus', 'audio/opus'], ['vp8', 'video/VP8'], ['vp9', 'video/VP9'], ['av1', 'video/AV1'],
  ['h264', 'video/H264']];
const sanitize = process.env.SOTTO_SANITIZE ? `-fsanitize=${process.env.SOTTO_SANITIZE}` : '';

let folder, prefix, key;
const at = (name) => join(folder, name);

function configure(source, build, ...more) {
  return spawnSync('cmake', ['-S', source, '-B', build, '-G', 'Ninja', `-DCMAKE_PREFIX_PATH=${prefix}`,
    `-DCMAKE_C_FLAGS=${sanitize}`, `-DCMAKE_CXX_FLAGS=${sanitize}`, ...more], { encoding: 'utf8' });
}

function buildProject(source, build, ...more) {
  const configured = configure(source, build, ...more);
  assert.equal(configured.status, 0, configured.stderr);
  const built = spawnSync('cmake', ['--build', build], { encoding: 'utf8' });
  assert.equal(built.status, 0, built.stdout + built.stderr);
}

const frameFile = (...words) => spawnSync(at('build/frame_file'), words, { encoding: 'utf8' });

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'sotto-package-'));
  prefix = at('prefix');
  key = at('key');
  writeFileSync(key, Buffer.from(Array.from({ length: 32 }, (_, i) => i * 7 & 255)));
  execFileSync('cmake', ['--install', process.env.SOTTO_BUILD, '--prefix', prefix], { stdio: 'pipe' });
  cpSync(join(root, 'native/example'), at('project'), { recursive: true });
  buildProject(at('project'), at('build'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

function records(file) {
  const bytes = readFileSync(file), found = [];
  for (let offset = 0; offset < bytes.length;) {
    const size = bytes.readUInt32LE(offset);
    found.push({ offset: offset + 11, size, bytes: bytes.subarray(offset + 11, offset + 11 + size) });
    offset += 11 + size;
  }
  return found;
}

for (const [name, codec] of FILES) {
  test(`the example seals a file of ${codec} frames and gives it back bit for bit`, () => {
    const plain = join(fixtures, `${name}.bin`);
    const sealed = frameFile('seal', codec, key, plain, at(`${name}.sealed`));
    assert.equal(sealed.status, 0, sealed.stderr);
    const frames = records(plain), wire = records(at(`${name}.sealed`));
    assert.ok(frames.length >= 2);
    assert.equal(sealed.stdout, `${frames.length} frames sealed\n`);
    assert.equal(wire.length, frames.length);
    frames.forEach((frame, i) => {
      assert.ok(wire[i].size > frame.size);
      // H.264's parameter sets, at a key frame's start, are in the clear (docs/sframe-profile.md).
      const end = frame.bytes.subarray(-24);
      if (end.length === 24) assert.equal(wire[i].bytes.indexOf(end), -1, 'the end of the frame is not in the clear');
    });
    const opened = frameFile('open', codec, key, at(`${name}.sealed`), at(`${name}.opened`));
    assert.equal(opened.status, 0, opened.stderr);
    assert.deepEqual(readFileSync(at(`${name}.opened`)), readFileSync(plain));
  });
}

test('a file that was tampered with is refused with a sentence, and nothing of it stays', () => {
  const sealed = at('vp8.sealed');
  const good = readFileSync(sealed);
  for (const { offset, size } of records(sealed)) {
    const bad = Buffer.from(good);
    bad[offset + size - 1] ^= 1;
    writeFileSync(at('tampered'), bad);
    const result = frameFile('open', 'video/VP8', key, at('tampered'), at('out'));
    assert.equal(result.status, 1);
    assert.match(result.stderr, /a frame does not open: It does not open: the key is another one, or somebody altered it\..*\(unauthenticated\)/);
    assert.ok(!existsSync(at('out')));
  }
});

test('another key, a cut file, a repeated frame and another codec are refused', () => {
  const good = readFileSync(at('vp8.sealed'));
  const refused = (bytes, codec, keyFile, pattern) => {
    writeFileSync(at('bad'), bytes);
    const result = frameFile('open', codec, keyFile, at('bad'), at('out'));
    assert.equal(result.status, 1, result.stderr);
    assert.match(result.stderr, pattern);
    assert.ok(!existsSync(at('out')));
  };
  writeFileSync(at('other-key'), Buffer.alloc(32, 1));
  writeFileSync(at('short-key'), Buffer.alloc(8, 1));
  refused(good, 'video/VP8', at('other-key'), /unknown-key|unauthenticated/);
  refused(good, 'video/VP8', at('short-key'), /the key is refused: .*\(invalid-argument\)/);
  refused(good.subarray(0, -1), 'video/VP8', key, /the file ends within a frame/);
  const first = good.subarray(0, 11 + good.readUInt32LE(0));
  refused(Buffer.concat([first, first]), 'video/VP8', key, /\(replayed\)/);
  refused(good, 'video/VP9', key, /\(\S+\)/);
  refused(good, 'video/nothing', key, /This codec, format or operation is not supported/);
});

test('misuse of the example is told', () => {
  assert.equal(frameFile().status, 2);
  assert.match(frameFile('chew', 'a', 'b', 'c', 'd').stderr, /^usage:/);
  assert.match(frameFile('seal', 'video/VP8', at('no-key'), 'x', at('y')).stderr, /cannot use the file .*no-key/);
});

test('the example of a room link runs', () => {
  const run = (...words) => spawnSync(at('build/room_link'), words, { encoding: 'utf8' });
  const result = run('0f'.repeat(32), 'quiet-otter');
  assert.equal(result.status, 0, result.stderr);
  assert.match(result.stdout, /bytes on the wire, opened: an encoder's frame/);
  assert.equal(run('0f').status, 2);
});

test('the example of a group runs: they meet, chat and hear each other, and the kicked hears nothing', () => {
  const result = spawnSync(at('build/group_call'), [], { encoding: 'utf8' });
  assert.equal(result.status, 0, result.stdout + result.stderr);
  assert.equal(result.stdout, `Ann reads from Ben: hello
Cem reads from Ben: hello
Ben: an encoder's frame
Cem: an encoder's frame
Ann sees that Cem has gone
Ben sees that Cem has gone
for Cem it is over
Ben: an encoder's frame
Cem: unknown-key
`);
});

test('the programs run on the installed library, and a project that asks for another version is told', () => {
  const linked = execFileSync('ldd', [at('build/frame_file')], { encoding: 'utf8' });
  assert.ok(linked.includes(`libsotto_e2ee_c.so.1 => ${prefix}/lib`), linked);
  mkdirSync(at('future'));
  writeFileSync(at('future/CMakeLists.txt'),
    'cmake_minimum_required(VERSION 3.16)\nproject(future C)\nfind_package(sotto 9.9 REQUIRED)\n');
  const result = configure(at('future'), at('future-build'));
  assert.notEqual(result.status, 0);
  assert.match(result.stderr, /compatible\s+with\s+requested\s+version\s+"9\.9"/);
});

test('the static library and the C++ core link into a C++ project', () => {
  mkdirSync(at('cpp'));
  writeFileSync(at('cpp/CMakeLists.txt'), `cmake_minimum_required(VERSION 3.16)
project(cpp LANGUAGES C CXX)
find_package(sotto REQUIRED)
add_executable(core core.cc)
target_link_libraries(core PRIVATE sotto::core)
add_executable(static ${join(root, 'native/example/room_link.c')})
target_link_libraries(static PRIVATE sotto::e2ee_static)
add_executable(static_group ${join(root, 'native/example/group_call.c')})
target_link_libraries(static_group PRIVATE sotto::e2ee_static)
`);
  writeFileSync(at('cpp/core.cc'), `#include <cstdio>
#include "e2ee/frame_sealer.h"
int main() {
  const std::uint8_t key[32] = {1}, frame[3] = {1, 2, 3};
  auto sealer = sotto::FrameSealer::create(7, key);
  std::uint8_t out[200];
  std::printf("%d", static_cast<int>(sealer->seal(sotto::Codec::kOpus, false, frame, out).value()));
}
`);
  buildProject(at('cpp'), at('cpp-build'));
  assert.match(execFileSync(at('cpp-build/core'), { encoding: 'utf8' }), /^[1-9]\d$/);
  const alone = execFileSync('ldd', [at('cpp-build/static')], { encoding: 'utf8' });
  assert.ok(!alone.includes('sotto'), alone);
  assert.equal(spawnSync(at('cpp-build/static_group')).status, 0);
  const ran = spawnSync(at('cpp-build/static'), ['0f'.repeat(32), 'quiet-otter'], { encoding: 'utf8' });
  assert.equal(ran.status, 0, ran.stderr);
});
