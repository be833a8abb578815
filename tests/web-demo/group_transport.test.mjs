// The group's way over the bridge: what the bridge's frames and events become for a group, and back.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FakeNetwork, settled} from './fakes.mjs';
import {load} from './load.mjs';

const {GroupTransport} = await load('signaling/group_transport.ts');
const {endpointBytes, readFrame} = await load('signaling/delivery_frames.ts');

const ME = 'AAAAAAAAAAAAAAAAAAAAAA', ME_ANEW = 'AAAAAAAAAAAAAAAAAAAAAQ', BEN = '_-8AAAAAAAAAAAAAAAAAAQ', CAT = '_-8AAAAAAAAAAAAAAAAAAg';
const LOG = 'BBBBBBBBBBBBBBBBBBBBBA', OTHER_LOG = 'BBBBBBBBBBBBBBBBBBBBBQ';
const [HANDSHAKE, KEY_PACKAGE, WELCOME, APPLICATION] = [1, 2, 3, 4];
const bytes = (text) => new TextEncoder().encode(text);
const text = (view) => new TextDecoder().decode(view);
const u = (size, value) => {
  const out = Buffer.alloc(size);
  out.writeUIntBE(value, Math.max(0, size - 6), Math.min(size, 6));
  return out;
};
const frame = (kind, sender, ...rest) => new Uint8Array(Buffer.concat([u(1, kind), endpointBytes(sender), ...rest]));

// One connection; the bridge's side is the test's.
class Line {
  told = [];
  frames = [];
  #listeners = {};
  on(event, listener) {
    (this.#listeners[event] ??= new Set()).add(listener);
    return () => this.#listeners[event].delete(listener);
  }
  fire(event, value) { for (const listener of this.#listeners[event] ?? []) listener(value); }
  tell(message) { this.told.push(message); }
  sendFrame(sent) { this.frames.push(sent); }

  joined(endpoint, ...others) {
    this.fire('joined', {type: 'joined', endpoint, resumed: false, endpoints: others.map((other) => ({endpoint: other}))});
  }
  log(last, {complete = true, log = LOG} = {}) { this.fire('aboutFrames', {type: 'log', log, last, complete}); }
  caughtUp(last = 0) { this.fire('aboutFrames', {type: 'caught-up', last}); }
  handshake(sender, number, id, content) { this.fire('frame', frame(HANDSHAKE, sender, u(8, number), u(4, id), bytes(content))); }
  // What the member has sent: [kind, text].
  get sent() { return this.frames.map((one) => [one[0], text(one.subarray(5))]); }
  idOf(index) { return new DataView(this.frames[index].buffer).getUint32(1); }
}

function transport() {
  const network = new FakeNetwork();
  const group = new GroupTransport(network.environment.setTimer);
  const line = new Line();
  group.attach(line);
  const seen = [];
  const receiver = {
    message: ({kind, sender, number, bytes: content}) => seen.push([kind, sender, number ?? null, text(content)]),
    left: (endpoint) => seen.push(['left', endpoint]),
    reconnected: (log) => seen.push(['reconnected', log]),
  };
  return {group, line, seen, receiver};
}

async function live(...others) {
  const all = transport();
  const connecting = all.group.connect(ME, all.receiver);
  all.line.joined(ME, ...others);
  all.others = (await connecting).others;
  all.line.log(0);
  all.line.caughtUp();
  return all;
}

const send = (group, kind, content, to = []) => group.send({kind, to, bytes: bytes(content)});

test('a group is connected when the line has joined, and knows how many others there are', async () => {
  const {group, line, receiver} = transport();
  line.joined(ME, BEN, CAT);
  assert.deepEqual(line.told, [], 'nothing is followed before anybody listens');
  assert.deepEqual(await group.connect(ME, receiver), {others: 2});
  assert.deepEqual(line.told, [{type: 'follow'}]);
});

test('every kind of message comes as it was delivered, in that order, with whom the bridge names', async () => {
  const {line, seen} = await live(BEN);
  line.handshake(BEN, 1, 9, 'commit');
  line.fire('frame', frame(KEY_PACKAGE, BEN, bytes('package')));
  line.fire('frame', frame(WELCOME, BEN, bytes('welcome')));
  line.fire('frame', frame(APPLICATION, BEN, u(4, 1), u(4, 2), bytes('hi')));
  line.fire('event', {type: 'endpoint-left', endpoint: BEN});
  assert.deepEqual(seen, [[HANDSHAKE, BEN, 1, 'commit'], [KEY_PACKAGE, BEN, null, 'package'], [WELCOME, BEN, null, 'welcome'],
                          [APPLICATION, BEN, null, 'hi'], ['left', BEN]]);
});

test('what is handed on is a copy, so that nothing else of a frame goes with it', async () => {
  const {group, line} = await live(BEN);
  const sizes = [];
  group.connect(ME, {message: (message) => sizes.push(message.bytes.buffer.byteLength), left() {}, reconnected() {}});
  line.fire('frame', frame(APPLICATION, BEN, u(4, 1), u(4, 2), bytes('hi')));
  assert.deepEqual(sizes, [2]);
});

test('what a group sends goes out by its kind; a Welcome to its addressees', async () => {
  const {group, line} = await live(BEN);
  send(group, HANDSHAKE, 'commit');
  send(group, KEY_PACKAGE, 'package');
  send(group, APPLICATION, 'hi');
  send(group, WELCOME, 'w', [BEN]);
  assert.deepEqual(line.sent.slice(0, 3), [[HANDSHAKE, 'commit'], [KEY_PACKAGE, 'package'], [APPLICATION, 'hi']]);
  assert.deepEqual([...line.frames[3].subarray(5)], [0, 1, ...endpointBytes(BEN), 'w'.charCodeAt(0)]);
});

test('a line that was lost is followed from where one was, and what had not come back is sent again, once', async () => {
  const {group, line, seen} = await live(BEN);
  line.handshake(BEN, 1, 9, 'first');
  send(group, HANDSHAKE, 'mine');
  line.fire('state', 'reconnecting');
  line.frames = [];
  line.joined(ME, BEN);
  assert.deepEqual(line.told.at(-1), {type: 'follow', log: LOG, after: 1});
  line.log(2);
  assert.deepEqual(seen.at(-1), ['reconnected', {same: true}]);
  send(group, HANDSHAKE, 'mine');  // a group that is told so says it again
  line.handshake(BEN, 2, 10, 'second');
  assert.deepEqual(line.frames, [], 'nothing before all has come');
  line.caughtUp(2);
  assert.deepEqual(line.sent, [[HANDSHAKE, 'mine']]);
  line.handshake(ME, 3, line.idOf(0), 'mine');
  await settled();
  send(group, HANDSHAKE, 'mine');
  assert.equal(line.frames.length, 2, 'what has come back may be sent anew');
});

test('whoever left meanwhile is told as gone, before what follows; of another log nobody is', async () => {
  const {line, seen} = await live(BEN, CAT);
  line.fire('state', 'reconnecting');
  line.joined(ME, BEN);
  line.log(0);
  assert.deepEqual(seen, [['left', CAT], ['reconnected', {same: true}]]);
  seen.length = 0;
  line.caughtUp();
  line.fire('state', 'reconnecting');
  line.joined(ME);
  line.log(0, {log: OTHER_LOG, complete: false});
  assert.deepEqual(seen, [['reconnected', {same: false}]], 'a bridge that began anew knows nobody yet');
});

test('a new place is taken under another name, by another line, and the old one says nothing more', async () => {
  const {group, line, seen} = await live(BEN);
  const next = new Line();
  group.attach(next);
  line.handshake(BEN, 1, 9, 'from the old line');
  send(group, APPLICATION, 'too early');
  next.joined(ME_ANEW, BEN);
  assert.deepEqual(next.told, [{type: 'follow', log: LOG, after: 0}]);
  next.log(0);
  assert.deepEqual(seen, [['reconnected', {same: true, endpoint: ME_ANEW}]]);
  send(group, APPLICATION, 'here I am');
  next.caughtUp();
  assert.deepEqual(next.sent, [[APPLICATION, 'here I am']], 'what the group says of its new place is not lost');
  assert.deepEqual(line.frames, []);
});

test('of what waits for the line only the newest is kept', async () => {
  const {group, line} = await live(BEN);
  line.fire('state', 'reconnecting');
  line.joined(ME, BEN);
  line.log(0);
  for (let i = 0; i < 200; i++) send(group, APPLICATION, String(i));
  line.caughtUp();
  assert.equal(line.sent.length, 64);
  assert.equal(line.sent.at(-1)[1], '199');
});

test('a closed transport hands on and sends nothing', async () => {
  const {group, line, seen} = await live(BEN);
  group.close();
  line.handshake(BEN, 1, 9, 'late');
  send(group, APPLICATION, 'late');
  assert.deepEqual([seen, line.frames], [[], []]);
});
