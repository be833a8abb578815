import assert from 'node:assert/strict';
import {randomFillSync} from 'node:crypto';
import {test} from 'node:test';
import {load} from './load.mjs';

const link = await load('link.ts');
const names = await load('room_name.ts');
const SECRET = 'A'.repeat(42) + 'E';
const random = (bytes) => randomFillSync(bytes);

test('a room link is taken apart into the room and the fragment', () => {
  assert.deepEqual(link.parseLocation('/r/quiet-otter-4821', `#0.${SECRET}`), {room: 'quiet-otter-4821', fragment: `0.${SECRET}`});
  assert.deepEqual(link.linkKey(`7.${SECRET}`), {generation: 7, secret: SECRET});
});

test('the start page and paths that are no room ask for no room', () => {
  for (const path of ['/', '/r/', '/r/a/b', '/x/room', '/r/caf%C3%A9', `/r/${'a'.repeat(65)}`]) {
    assert.equal(link.parseLocation(path, `#0.${SECRET}`), null, path);
  }
});

test('a link whose key is missing, cut off or too long has no fragment', () => {
  for (const hash of ['', '#', `#${SECRET}`, '#0.', `#0.${SECRET.slice(1)}`, `#0.${SECRET}A`, `#00.${SECRET}`, `#-1.${SECRET}`,
                      `#4294967296.${SECRET}`, `#0.${'A'.repeat(42)}B`, `#0.${SECRET.slice(0, 42)}=`]) {
    assert.equal(link.parseLocation('/r/room', hash).fragment, null, hash);
  }
});

test('a fragment with an issuer key hash is a fragment too', () => {
  assert.equal(link.isFragment(`3.${SECRET}.abcDEF_-`), true);
});

test('new fragments hold 32 random bytes that survive the way through a link', () => {
  const seen = new Set();
  for (let i = 0; i < 100; i++) {
    const fragment = link.newFragment(random);
    assert.ok(link.isFragment(fragment), fragment);
    assert.equal(Buffer.from(link.linkKey(fragment).secret, 'base64url').length, 32);
    seen.add(fragment);
  }
  assert.equal(seen.size, 100);
});

test('pasted links work with spaces around, brackets, no scheme and as a bare path', () => {
  const own = 'https://sotto.example';
  for (const text of [` https://sotto.example/r/room#0.${SECRET}\n`, `<https://sotto.example/r/room#0.${SECRET}>`,
                      `sotto.example/r/room#0.${SECRET}`, `/r/room#0.${SECRET}`]) {
    assert.deepEqual(link.parsePasted(text, own), {ok: true, origin: own, room: 'room', fragment: `0.${SECRET}`, keys: 'group'}, text);
  }
  assert.equal(link.parsePasted(`/r/room?keys=link#0.${SECRET}`, own).keys, 'link');
  assert.equal(link.formatLink(own, 'room', `0.${SECRET}`, 'link'), `${own}/r/room?keys=link#0.${SECRET}`);
});

test('pasted text that is no whole link is refused with the reason', () => {
  const own = 'https://sotto.example';
  assert.equal(link.parsePasted('hello', own).problem, 'not-a-link');
  assert.equal(link.parsePasted('javascript:alert(1)', own).problem, 'not-a-link');
  assert.equal(link.parsePasted('https://sotto.example/r/room', own).problem, 'no-key');
  assert.equal(link.parsePasted(`https://sotto.example/r/room#0.${SECRET.slice(5)}`, own).problem, 'no-key');
});

test('room names are valid rooms that one can say aloud', () => {
  for (let i = 0; i < 200; i++) {
    const room = names.newRoomName(random);
    assert.match(room, /^[a-z]+-[a-z]+-\d{4}$/);
    assert.ok(link.isRoomName(room));
  }
  assert.equal(names.spokenRoomName('quiet-otter-4821'), 'Quiet otter 4821');
});

test('endpoint ids are 16 random bytes in 22 characters', () => {
  assert.match(link.newEndpointId(random), /^[A-Za-z0-9_-]{22}$/);
});
