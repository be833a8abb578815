import assert from 'node:assert/strict';
import {test} from 'node:test';
import {load} from './load.mjs';

const {deriveLock, SteadyLock} = await load('call/lock.ts');
const {Evidence} = await load('call/evidence.ts');
const {GroupRoomModel} = await load('call/keys/group_room_model.ts');
const {LinkRoomModel} = await load('call/keys/link_room_model.ts');

const GOOD = {failed: false, sending: [{source: 'camera', sealed: true}], sealedFrames: 10, openedFrames: 10, unopened: 0,
              failing: 0, unreadable: 0, others: 1, wrongKey: false,
              admission: 'in', heard: true, encrypted: true};
const state = (change) => deriveLock({...GOOD, ...change}).state;

test('the lock is green only on evidence', () => {
  assert.equal(state({}), 'encrypted');
  assert.equal(state({sealedFrames: 0, openedFrames: 0, sending: []}), 'waiting');
  assert.equal(state({sending: [{source: 'camera', sealed: null}]}), 'waiting');
  assert.equal(state({sending: [{source: 'camera', sealed: true}, {source: 'microphone', sealed: false}]}), 'waiting');
  assert.equal(state({unopened: 1}), 'waiting');
});

test('whatever cannot be opened is trouble, and a dead worker is no encryption at all', () => {
  assert.equal(state({unreadable: 1}), 'trouble');
  assert.equal(state({failing: 1}), 'trouble');
  assert.match(deriveLock({...GOOD, wrongKey: true, unreadable: 2}).detail, /link/);
  assert.equal(state({failed: true, wrongKey: true}), 'off');
});

test('the lock is green only in the group, and while the others hear us', () => {
  for (const admission of ['joining', 'asked', 'locked', 'unanswered', 'rejoining']) assert.notEqual(state({admission}), 'encrypted', admission);
  assert.equal(state({admission: 'unanswered'}), 'trouble');
  assert.match(deriveLock({...GOOD, admission: 'unanswered'}).detail, /link .* wrong or an old one/);
  for (const admission of ['asked', 'locked']) assert.equal(state({admission}), 'waiting', admission);
  assert.doesNotMatch(deriveLock({...GOOD, admission: 'unanswered'}).detail, /moderator|locked/, 'of which nobody has said anything');
  assert.equal(state({heard: false}), 'trouble');
});

test('a room whose moderators have switched encryption off is never shown as encrypted', () => {
  assert.equal(state({encrypted: false}), 'off');
});

test("a newcomer's first moment does not make the lock flicker, a lasting one shows", () => {
  const steady = new SteadyLock();
  const good = deriveLock(GOOD);
  const waiting = deriveLock({...GOOD, unopened: 1});
  assert.equal(steady.update(waiting, 0).state, 'waiting', 'never green before it was');
  assert.equal(steady.update(good, 100).state, 'encrypted');
  assert.equal(steady.update(waiting, 200).state, 'encrypted');
  assert.equal(steady.update(waiting, 1800).state, 'waiting');
  assert.equal(steady.update(good, 1900).state, 'encrypted');
  assert.equal(steady.update(deriveLock({...GOOD, failing: 1}), 1901).state, 'trouble', 'trouble shows at once');
});

function roomWithBen() {
  const model = new LinkRoomModel();
  model.applyJoined({resumed: false, endpoints: [{endpoint: 'ben', state: 's', tracks: [{track: 't', source: 'camera'}]}]});
  model.setOpened('ben', {name: 'Ben', muted: {}});
  model.applyMids([{seat: 0, audio: 'a0', video: 'v0'}]);
  model.applySeats([{seat: 0, endpoint: 'ben', group: 'camera', video: 't'}]);
  return model;
}
const received = (frames, drops = {}) => [{direction: 'receive', kind: 'video', slot: 'v0', frames, bytes: 0, keyFrames: 0, drops, microseconds: null}];

test('a claimed seat counts as unopened until a frame of its key has been opened', () => {
  const model = roomWithBen();
  const evidence = new Evidence();
  assert.equal(evidence.update(received(0), model, 0).unopened, 1);
  model.setOccupant('v0', {endpoint: 'ben', source: 'camera'});
  assert.equal(evidence.update(received(1), model, 500).unopened, 0);
});

test('a seat in which nothing arrives for long is silent, not unopened', () => {
  const model = roomWithBen();
  const evidence = new Evidence();
  evidence.update(received(0), model, 0);
  assert.equal(evidence.update(received(0), model, 4500).unopened, 0);
});

test('one frame whose seal does not fit is an alarm for seconds', () => {
  const model = roomWithBen();
  const evidence = new Evidence();
  evidence.update(received(10), model, 0);
  assert.equal(evidence.update(received(20, {unauthenticated: 1}), model, 500).failing, 1);
  assert.equal(evidence.update(received(60, {unauthenticated: 1}), model, 3000).failing, 1);
  assert.equal(evidence.update(received(90, {unauthenticated: 1}), model, 6000).failing, 0);
});

test('frames before the name has arrived are normal for a moment, not for longer; duplicates always are', () => {
  const model = roomWithBen();
  const evidence = new Evidence();
  let drops = 0;
  for (let now = 0; now <= 2000; now += 500) {
    assert.equal(evidence.update(received(0, {'unknown-key': drops += 5, 'replayed': drops}), model, now).failing, 0, String(now));
  }
  let failing = 0;
  for (let now = 2500; now <= 3500; now += 500) failing = evidence.update(received(0, {'unknown-key': drops += 5}), model, now).failing;
  assert.equal(failing, 1);
});

test('a member who is never heard holds the lock for a moment only: nothing of it is played', () => {
  const model = new GroupRoomModel();
  const marks = {publishes: true, microphoneMuted: false, cameraOff: false, handRaised: false};
  model.setMembers([{id: '3', endpoint: null, name: 'Ben', reachability: 'unconfirmed', standing: 'new', caughtUp: true, marks}]);
  const evidence = new Evidence();
  assert.equal(evidence.update([], model, 0).unopened, 1);
  assert.equal(evidence.update([], model, 3000).unopened, 1);
  assert.equal(evidence.update([], model, 5000).unopened, 0);
});
