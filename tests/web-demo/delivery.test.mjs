import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FakeNetwork, settled} from './fakes.mjs';
import {load} from './load.mjs';

const {Delivery} = await load('signaling/delivery.ts');
const {clientFrame, endpointBytes, endpointText, readFrame, welcomeFrame} = await load('signaling/delivery_frames.ts');

const ME = 'AAAAAAAAAAAAAAAAAAAAAA';
const OTHER = '_-8AAAAAAAAAAAAAAAAAAQ';
const LOG = 'BBBBBBBBBBBBBBBBBBBBBA';
const bytes = (text) => new TextEncoder().encode(text);
const text = (view) => new TextDecoder().decode(view);

function concat(...parts) {
  return new Uint8Array(Buffer.concat(parts));
}
function u(size, value) {
  const out = Buffer.alloc(size);
  out.writeUIntBE(value, Math.max(0, size - 6), Math.min(size, 6));
  return out;
}
const handshake = (sender, number, id, content) => concat(u(1, 1), endpointBytes(sender), u(8, number), u(4, id), bytes(content));

// The bridge's side is the test's.
function started() {
  const network = new FakeNetwork();
  const line = {told: [], frames: [], tell(message) { this.told.push(message); }, sendFrame(frame) { this.frames.push(frame); }};
  const delivery = new Delivery(line, network.environment.setTimer);
  const seen = {handshakes: [], missing: [], welcomes: [], keyPackages: [], applications: [], caughtUp: []};
  delivery.on('handshake', ({number, message, mine}) => seen.handshakes.push([number, text(message), mine]));
  delivery.on('missing', (why) => seen.missing.push(why));
  delivery.on('welcome', ({message}) => seen.welcomes.push(text(message)));
  delivery.on('keyPackage', ({sealed}) => seen.keyPackages.push(text(sealed)));
  delivery.on('application', ({message, mine}) => seen.applications.push([text(message), mine]));
  delivery.on('caughtUp', (last) => seen.caughtUp.push(last));
  const answer = (last, complete = true, log = LOG) => {
    delivery.onMessage({type: 'log', log, last, complete});
    return {then: (...frames) => { frames.forEach((frame) => delivery.onFrame(frame)); delivery.onMessage({type: 'caught-up', log, last}); }};
  };
  const id = (index) => new DataView(line.frames[index].buffer).getUint32(1);
  return {network, line, delivery, seen, answer, id};
}
function live() {
  const all = started();
  all.delivery.follow(ME);
  all.answer(0).then();
  return all;
}

test('endpoints are the same 16 bytes as in the texts, and nothing else names one', () => {
  for (const name of [ME, OTHER, LOG]) assert.equal(endpointText(endpointBytes(name)), name);
  assert.deepEqual([...endpointBytes(OTHER).slice(0, 3)], [0xff, 0xef, 0x00]);
  for (const bad of ['', 'A', `${ME}A`, 'AAAAAAAAAAAAAAAAAAAAAB', 'AAAAAAAAAAAAAAAAAAAA+A']) assert.equal(endpointBytes(bad), null, bad);
});

test('frames are written as the protocol draws them', () => {
  assert.deepEqual(clientFrame(4, 0x01020304, bytes('x')), new Uint8Array([4, 1, 2, 3, 4, 120]));
  const welcome = welcomeFrame(7, [ME, OTHER], bytes('w'));
  assert.deepEqual([...welcome.slice(0, 7)], [3, 0, 0, 0, 7, 0, 2]);
  assert.equal(welcome.length, 7 + 32 + 1);
});

test('a frame that is cut short is ignored, wherever it is cut', () => {
  const one = concat(endpointBytes(OTHER), u(4, 5), u(4, 3), bytes('abc'));
  const whole = concat(u(1, 4), one, one);
  assert.equal(readFrame(whole).length, 2);
  for (let size = 0; size < whole.length; ++size) {
    if (size !== 1 + one.length) assert.deepEqual(readFrame(whole.slice(0, size)), [], String(size));
  }
  for (let size = 0; size <= 29; ++size) assert.deepEqual(readFrame(handshake(ME, 1, 1, 'x').slice(0, size)), [], String(size));
  assert.deepEqual(readFrame(concat(u(1, 9), new Uint8Array(40))), []);
});

test('handshakes come in order, and the sender learns the number of its own', async () => {
  const {delivery, seen, line, id} = live();
  assert.deepEqual(line.told, [{type: 'follow'}]);
  const sent = delivery.sendHandshake(3n, bytes('commit'));
  delivery.onFrame(handshake(OTHER, 1, 2 ** 31, 'theirs'));
  delivery.onFrame(handshake(ME, 2, id(0), 'commit'));
  assert.equal(await sent, 2);
  assert.deepEqual(seen.handshakes, [[1, 'theirs', false], [2, 'commit', true]]);
});

test('a line that comes back says what it has had, and only what did not come through is sent again', async () => {
  const {delivery, seen, line, answer, id} = live();
  const first = delivery.sendHandshake(3n, bytes('first'));
  const second = delivery.sendHandshake(3n, bytes('second'));
  delivery.onFrame(handshake(OTHER, 1, 9, 'theirs'));
  delivery.disconnected();
  delivery.follow(ME);
  assert.deepEqual(line.told.at(-1), {type: 'follow', log: LOG, after: 1});
  answer(2).then(handshake(ME, 2, id(0), 'first'));
  assert.equal(await first, 2);
  assert.equal(line.frames.length, 3);
  assert.deepEqual(line.frames[2], line.frames[1]);
  delivery.onFrame(handshake(ME, 3, id(1), 'second'));
  assert.equal(await second, 3);
  assert.deepEqual(seen.missing, []);
  assert.deepEqual(seen.caughtUp, [0, 2]);
});

test('nothing is sent before it has caught up', () => {
  const {delivery, line, answer} = started();
  delivery.follow(ME);
  void delivery.sendHandshake(0n, bytes('early'));
  assert.equal(delivery.sendApplication(bytes('presence')), false);
  assert.equal(line.frames.length, 0);
  answer(4).then();
  assert.equal(line.frames.length, 1);
  assert.equal(delivery.position, 4);
});

test('what the bridge no longer keeps, and a bridge that has begun anew, are told apart', () => {
  const {delivery, seen, answer} = live();
  delivery.onFrame(handshake(OTHER, 1, 9, 'a'));
  delivery.follow(ME);
  answer(500, false).then();
  delivery.onFrame(handshake(OTHER, 501, 9, 'b'));
  delivery.follow(ME);
  answer(0, false, 'CCCCCCCCCCCCCCCCCCCCCA').then();
  delivery.onFrame(handshake(OTHER, 1, 9, 'c'));
  assert.deepEqual(seen.missing, ['gone', 'restarted']);
  assert.deepEqual(seen.handshakes.map(([number]) => number), [1, 501, 1]);
});

test('under a new endpoint it still knows its own handshakes', async () => {
  const {delivery, answer, id} = live();
  const sent = delivery.sendHandshake(1n, bytes('commit'));
  delivery.follow(OTHER);
  answer(1).then(handshake(ME, 1, id(0), 'commit'));
  assert.equal(await sent, 1);
});

test('handshakes of an epoch that is over are given up', async () => {
  const {delivery, line, answer} = live();
  const old = delivery.sendHandshake(3n, bytes('old'));
  const current = delivery.sendHandshake(4n, bytes('current'));
  delivery.epochReached(4n);
  await assert.rejects(old, {code: 'stale'});
  delivery.follow(ME);
  answer(0).then();
  assert.deepEqual(line.frames.slice(2), [line.frames[1]]);
  delivery.stop();
  await assert.rejects(current, {code: 'ended'});
});

test('what was refused for its rate is sent again later, what was refused for good is not', async () => {
  const {delivery, network, line, id} = live();
  const sent = delivery.sendWelcome([OTHER], bytes('w'));
  delivery.onMessage({type: 'error', id: id(0), code: 'rate-limited'});
  assert.equal(line.frames.length, 1);
  network.advance(600);
  assert.equal(line.frames.length, 2);
  delivery.onMessage({type: 'ok', id: id(0)});
  await sent;
  const large = delivery.sendHandshake(1n, bytes('large'));
  delivery.onMessage({type: 'error', id: id(2), code: 'too-large'});
  await assert.rejects(large, {code: 'too-large'});
  network.advance(5000);
  assert.equal(line.frames.length, 3);
});

test('key packages, Welcomes and application messages reach whom they concern', async () => {
  const {delivery, seen, line, id} = live();
  const sent = delivery.sendKeyPackage(bytes('kp'));
  delivery.onMessage({type: 'ok', id: id(0)});
  await sent;
  delivery.onFrame(concat(u(1, 2), endpointBytes(OTHER), bytes('theirs')));
  delivery.onFrame(concat(u(1, 2), endpointBytes(ME), bytes('mine')));
  delivery.onFrame(concat(u(1, 3), endpointBytes(OTHER), bytes('welcome')));
  delivery.onFrame(concat(u(1, 4), endpointBytes(OTHER), u(4, 1), u(4, 2), bytes('hi'), endpointBytes(ME), u(4, 1), u(4, 2), bytes('ho')));
  assert.deepEqual(seen.keyPackages, ['theirs']);
  assert.deepEqual(seen.welcomes, ['welcome']);
  assert.deepEqual(seen.applications, [['hi', false], ['ho', true]]);
  void delivery.withdrawKeyPackage();
  assert.equal(line.frames.at(-1).length, 5);
  await settled();
});
