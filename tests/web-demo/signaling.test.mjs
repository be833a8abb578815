import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FakeNetwork, settled} from './fakes.mjs';
import {load} from './load.mjs';

const {SignalingClient} = await load('signaling/client.ts');
const {TOKEN_REFUSALS} = await load('signaling/protocol.ts');
const {retryDelay} = await load('signaling/backoff.ts');

const REQUEST = {room: 'quiet-otter', endpoint: 'e'.repeat(22), state: 'sealed', publish: {sdp: 'v=0', tracks: []}};
const JOINED = {type: 'joined', version: 1, room: 'quiet-otter', endpoint: REQUEST.endpoint, resume: 'token-1', resumed: false,
                endpoints: [], limits: {resumeSeconds: 30}};

function started() {
  const network = new FakeNetwork();
  const client = new SignalingClient(network.environment);
  const seen = {states: [], joined: [], events: [], lost: 0, why: [], ended: []};
  client.on('state', (state) => seen.states.push(state));
  client.on('joined', (joined) => seen.joined.push(joined));
  client.on('event', (event) => seen.events.push(event));
  client.on('lost', (why) => {
    seen.lost++;
    seen.why.push(why);
  });
  client.on('ended', (reason) => seen.ended.push(reason));
  return {network, client, seen};
}

function joined() {
  const all = started();
  all.client.join(REQUEST);
  all.network.socket.open();
  all.network.socket.say({...JOINED, id: 1});
  return all;
}

test('a join on a line that was opened ahead is one message', () => {
  const {network, client, seen} = started();
  client.connect();
  network.socket.open();
  assert.equal(network.socket.sent.length, 0);
  client.join(REQUEST);
  assert.deepEqual(network.socket.sent, [{type: 'join', id: 1, version: 1, ...REQUEST}]);
  network.socket.say({...JOINED, id: 1});
  assert.equal(client.state, 'joined');
  assert.equal(seen.joined.length, 1);
});

test('a line that the bridge closes before the join is opened again by the next one, without alarm', () => {
  const {network, client, seen} = started();
  client.connect();
  network.socket.open();
  network.socket.say({type: 'error', code: 'join-timeout'});
  network.socket.drop(4009);
  assert.equal(client.state, 'idle');
  client.connect();
  assert.equal(network.sockets.length, 2);
  assert.deepEqual(seen.ended, []);
});

test('a lost socket is opened again and the place resumed with the token, not published anew', () => {
  const {network, client, seen} = joined();
  network.socket.drop();
  assert.equal(client.state, 'reconnecting');
  network.advance(1000);
  assert.equal(network.sockets.length, 2);
  network.socket.open();
  const [again] = network.socket.sent;
  assert.equal(again.resume, 'token-1');
  assert.equal(again.endpoint, REQUEST.endpoint);
  assert.equal(again.publish, undefined);
  assert.equal(again.state, undefined, 'a state of long ago would come back');
  network.socket.say({...JOINED, resume: 'token-2', resumed: true});
  assert.equal(client.state, 'joined');
  network.socket.drop();
  network.advance(1000);
  network.socket.open();
  assert.equal(network.socket.sent[0].resume, 'token-2', 'a new token replaces the old one');
  assert.equal(seen.lost, 0);
});

test('attempts back off while the bridge is away, and the place is given up when its time is over', () => {
  const {network, seen} = joined();
  network.socket.drop();
  for (let i = 0; i < 30 && seen.lost === 0; i++) {
    network.advance(6000);
    network.socket.drop();
  }
  assert.equal(seen.lost, 1);
  assert.ok(network.sockets.length > 4 && network.sockets.length < 20, String(network.sockets.length));
});

test('a refused token and a place that is gone ask for a fresh join', () => {
  const {network, seen} = joined();
  network.socket.drop();
  network.advance(1000);
  network.socket.open();
  network.socket.say({type: 'error', code: 'resume-refused'});
  network.socket.drop(4003);
  assert.equal(seen.lost, 1);
  assert.deepEqual(seen.ended, []);
});

test('a token goes with the join and not with a resume; a refused one ends the call with the reason and is not tried again', () => {
  for (const code of TOKEN_REFUSALS) {
    const {network, client, seen} = started();
    client.join({...REQUEST, token: 'a.b.c'});
    network.socket.open();
    assert.equal(network.socket.sent[0].token, 'a.b.c');
    network.socket.say({type: 'error', id: 1, code, field: 'token', message: 'no'});
    network.socket.drop(4011);
    network.advance(60_000);
    assert.deepEqual([seen.ended, seen.lost, network.sockets.length], [[code], 0, 1], code);
  }
  const {network, client} = started();
  client.join({...REQUEST, token: 'a.b.c'});
  network.socket.open();
  network.socket.say({...JOINED, id: 1});
  network.socket.drop();
  network.advance(1000);
  network.socket.open();
  assert.equal(network.socket.sent[0].token, undefined);
});

test('a bridge that closes for a token of which its word was lost has not let us in', () => {
  const {network, client, seen} = started();
  client.join(REQUEST);
  network.socket.open();
  network.socket.drop(4011);
  network.advance(60_000);
  assert.deepEqual([seen.ended, network.sockets.length], [['refused'], 1]);
});

test('replacement ends the call', () => {
  const {network, seen} = joined();
  network.socket.say({type: 'bye', reason: 'replaced'});
  network.socket.drop(4005);
  network.advance(60000);
  assert.deepEqual(seen.ended, ['replaced']);
  assert.equal(network.sockets.length, 1);
});

test('a bridge that shuts down knows the place no more: a fresh one is asked for, of the next one', () => {
  const {network, seen} = joined();
  network.socket.say({type: 'bye', reason: 'shutdown'});
  network.socket.drop(1001);
  network.advance(60000);
  assert.deepEqual([seen.lost, seen.why, seen.ended], [1, ['shutdown'], []]);
  assert.equal(network.sockets.length, 1);
});

test('a bye for lack of life and a line closed for too many messages are resumed', () => {
  for (const [message, code] of [[{type: 'bye', reason: 'timeout'}, 4006], [{type: 'error', code: 'rate-limited'}, 4008]]) {
    const {network, seen} = joined();
    network.socket.say(message);
    network.socket.drop(code);
    network.advance(1000);
    network.socket.open();
    assert.equal(network.socket.sent[0].resume, 'token-1');
    assert.deepEqual(seen.ended, []);
  }
});

test('an offer that was asked for answers the request and is an event too', async () => {
  const {network, client, seen} = joined();
  const asked = client.request({type: 'request-offer', iceRestart: true});
  network.socket.say({type: 'offer', id: network.socket.sent.at(-1).id, generation: 2, sdp: 'v=0', seats: []});
  assert.equal((await asked).generation, 2);
  assert.deepEqual(seen.events.map((event) => event.type), ['offer']);
});

test('a full room and an unknown version end the attempt for good', () => {
  for (const [code, closed, expected] of [['room-full', 4004, 'room-full'], ['version', 4001, 'version']]) {
    const {network, client, seen} = started();
    client.join(REQUEST);
    network.socket.open();
    network.socket.say({type: 'error', id: 1, code});
    network.socket.drop(closed);
    network.advance(60000);
    assert.deepEqual(seen.ended, [expected]);
    assert.equal(network.sockets.length, 1);
  }
});

test('answers find their requests, errors reject them, and a lost socket rejects what waits', async () => {
  const {network, client} = joined();
  const first = client.request({type: 'publish', sdp: 'v=0'});
  const second = client.request({type: 'publish', sdp: 'bad'});
  const third = client.request({type: 'publish', sdp: 'late'});
  const [, one, two] = network.socket.sent;
  network.socket.say({type: 'error', id: two.id, code: 'bad-sdp', message: 'm= line 1'});
  network.socket.say({type: 'published', id: one.id, sdp: 'v=0', tracks: []});
  assert.equal((await first).type, 'published');
  await assert.rejects(second, {code: 'bad-sdp'});
  network.socket.drop();
  await assert.rejects(third, {code: 'disconnected'});
  await assert.rejects(client.request({type: 'ping'}), {code: 'disconnected'});
});

test('a request that the bridge drops does not wait for ever', async () => {
  const {network, client} = joined();
  const refused = assert.rejects(client.request({type: 'publish', sdp: 'v=0'}), {code: 'no-answer'});
  for (let i = 0; i < 4; i++) {
    network.advance(2500);
    const ping = network.socket.sent.findLast((message) => message.type === 'ping');
    if (ping) network.socket.say({type: 'pong', id: ping.id});
    await settled();
  }
  await refused;
  assert.equal(client.state, 'joined');
});

test('a line that answers no ping is given up and opened again', async () => {
  const {network, client} = joined();
  const first = network.socket;
  network.advance(5000);
  assert.equal(first.sent.at(-1).type, 'ping');
  first.say({type: 'pong', id: first.sent.at(-1).id});
  await settled();
  network.advance(5000);
  assert.equal(first.sent.filter((message) => message.type === 'ping').length, 2);
  network.advance(5000);
  assert.equal(client.state, 'reconnecting');
  assert.notEqual(first.closed, null);
});

test('room events come through in order; nonsense and unknown types change nothing', () => {
  const {network, client, seen} = joined();
  for (const text of ['', 'null', '[]', '{', '{"type":5}', '{"type":"from-the-future"}']) network.socket.say(text);
  network.socket.say({type: 'endpoint-joined', endpoint: 'a'});
  network.socket.say({type: 'seats', seats: []});
  assert.deepEqual(seen.events.map((event) => event.type), ['endpoint-joined', 'seats']);
  assert.equal(client.state, 'joined');
});

test('leaving says so, closes the socket, and nothing comes back to life', () => {
  const {network, client, seen} = joined();
  client.leave();
  assert.equal(network.socket.sent.at(-1).type, 'leave');
  network.socket.drop(1000);
  network.advance(60000);
  assert.deepEqual(seen.ended, ['left']);
  assert.equal(network.sockets.length, 1);
});

test('delays grow, stay under six and a half seconds and are spread out', () => {
  for (let attempt = 0; attempt < 40; attempt++) {
    assert.ok(retryDelay(attempt, 0.999) <= 6500);
    assert.ok(retryDelay(attempt, 0) < retryDelay(attempt, 0.99));
  }
  assert.ok(retryDelay(0, 0.5) < 300);
});
