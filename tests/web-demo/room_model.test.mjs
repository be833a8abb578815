import assert from 'node:assert/strict';
import {test} from 'node:test';
import {load} from './load.mjs';

const {cleanName} = await load('call/room_model.ts');
const {LinkRoomModel} = await load('call/keys/link_room_model.ts');

const TRACKS = (name) => [{track: `${name}-m`, source: 'microphone'}, {track: `${name}-c`, source: 'camera'}];

// Ann and Ben are here; seats 0 and 1 exist; Ben sits in seat 0.
function room() {
  const model = new LinkRoomModel();
  model.applyJoined({resumed: false, endpoints: [
    {endpoint: 'ann', state: 's', tracks: TRACKS('ann')}, {endpoint: 'ben', state: 's', tracks: TRACKS('ben')},
  ]});
  model.applyMids([{seat: 0, audio: 'a0', video: 'v0'}, {seat: 1, audio: 'a1', video: 'v1'}]);
  model.applySeats([{seat: 0, endpoint: 'ben', group: 'camera', audio: 'ben-m', video: 'ben-c'}, {seat: 1}]);
  return model;
}
const tileOf = (model, endpoint, group = 'camera') => model.tiles().find((tile) => tile.endpoint === endpoint && tile.group === group);
const open = (model, endpoint, name, muted = {}) => model.setOpened(endpoint, {name, muted});

test("the bridge's word alone puts neither a name nor a picture on a tile", () => {
  const model = room();
  assert.equal(tileOf(model, 'ben').name, null);
  assert.equal(tileOf(model, 'ben').videoSlot, null);
});

test('a picture appears when a frame of its key was opened in the seat that the bridge claims', () => {
  const model = room();
  open(model, 'ben', 'Ben');
  model.setOccupant('v0', {endpoint: 'ben', source: 'camera'});
  model.setOccupant('a0', {endpoint: 'ben', source: 'microphone'});
  assert.deepEqual([tileOf(model, 'ben').name, tileOf(model, 'ben').videoSlot, tileOf(model, 'ben').audioSlot], ['Ben', 'v0', 'a0']);
});

test('a picture is made ready only in a slot in which nobody has been seen', () => {
  const model = room();
  assert.equal(tileOf(model, 'ben').pendingSlot, 'v0');
  model.setOccupant('v0', {endpoint: 'ben', source: 'camera'});
  model.applySeats([{seat: 0, endpoint: 'ann', group: 'camera', audio: 'ann-m', video: 'ann-c'}]);
  assert.equal(tileOf(model, 'ann').pendingSlot, null, "Ben's last picture is still in there");
});

test('a slot that the key says is somebody else’s is shown as nobody’s', () => {
  const model = room();
  model.setOccupant('v0', {endpoint: 'ann', source: 'camera'});
  assert.equal(tileOf(model, 'ben').videoSlot, null);
  assert.equal(tileOf(model, 'ann').videoSlot, null);
});

test('when a seat is refilled the old tile loses it at once, the new one gets it with its first frame', () => {
  const model = room();
  model.setOccupant('v0', {endpoint: 'ben', source: 'camera'});
  model.applySeats([{seat: 0, endpoint: 'ann', group: 'camera', audio: 'ann-m', video: 'ann-c'}]);
  assert.equal(tileOf(model, 'ben').videoSlot, null);
  assert.equal(tileOf(model, 'ann').videoSlot, null);
  model.setOccupant('v0', {endpoint: 'ann', source: 'camera'});
  assert.equal(tileOf(model, 'ann').videoSlot, 'v0');
});

test('every slot is claimed for the worker: whose it is, or nobody', () => {
  const claims = Object.fromEntries(room().slotClaims().map(({slot, occupant}) => [slot, occupant]));
  assert.deepEqual(claims, {
    a0: {endpoint: 'ben', source: 'microphone'}, v0: {endpoint: 'ben', source: 'camera'}, a1: null, v1: null,
  });
});

test('an m-line that is in no seat is known as such', () => {
  assert.equal(room().listsSlot('v1'), true);
  assert.equal(room().listsSlot('v7'), false);
});

test('a screen is a tile of its own with its own sources, and goes with its track', () => {
  const model = room();
  model.apply({type: 'tracks', endpoint: 'ben', tracks: [...TRACKS('ben'), {track: 's', source: 'screen'}]});
  model.applySeats([{seat: 1, endpoint: 'ben', group: 'screen', video: 's'}]);
  model.setOccupant('v1', {endpoint: 'ben', source: 'camera'});
  assert.equal(tileOf(model, 'ben', 'screen').videoSlot, null, 'a camera is not shown as a screen');
  model.setOccupant('v1', {endpoint: 'ben', source: 'screen'});
  assert.equal(tileOf(model, 'ben', 'screen').videoSlot, 'v1');
  assert.equal(model.tiles()[0].group, 'screen');
  model.apply({type: 'tracks', endpoint: 'ben', tracks: TRACKS('ben')});
  assert.equal(tileOf(model, 'ben', 'screen'), undefined);
});

test('mute marks and camera off come from the sealed state', () => {
  const model = room();
  model.setOccupant('v0', {endpoint: 'ben', source: 'camera'});
  open(model, 'ben', 'Ben', {microphone: true, camera: true});
  assert.equal(tileOf(model, 'ben').microphoneOn, false);
  assert.equal(tileOf(model, 'ben').videoSlot, null);
  open(model, 'ben', 'Ben', {microphone: false, camera: false});
  assert.equal(tileOf(model, 'ben').microphoneOn, true);
  assert.equal(tileOf(model, 'ben').videoSlot, 'v0');
});

test('a bridge that lists no track, or a paused one, does not make anybody look muted', () => {
  const model = room();
  open(model, 'ben', 'Ben', {microphone: false, camera: false});
  for (const tracks of [[], [{track: 'ben-m', source: 'microphone', paused: true}]]) {
    model.apply({type: 'tracks', endpoint: 'ben', tracks});
    assert.equal(tileOf(model, 'ben').microphoneOn, true);
  }
});

test('a link that opens nobody whom we found here is wrong; one stranger among friends is not our fault', () => {
  const model = room();
  model.setUnreadable('ann');
  assert.equal(model.wrongKey(), false, 'Ben may still open');
  model.setUnreadable('ben');
  assert.equal(model.wrongKey(), true);
  open(model, 'ben', 'Ben');
  assert.equal(model.wrongKey(), false);
  assert.deepEqual(model.unreadable().map((person) => person.endpoint), ['ann']);
});

test('who was here first is not told that the link is wrong when a stranger comes', () => {
  const model = new LinkRoomModel();
  model.applyJoined({resumed: false, endpoints: []});
  model.apply({type: 'endpoint-joined', endpoint: 'eve', state: 's', tracks: []});
  model.setUnreadable('eve');
  assert.equal(model.wrongKey(), false);
  assert.equal(tileOf(model, 'eve').proof, 'unreadable');
});

test('a state that does not open takes nothing from a name that was proved before', () => {
  const model = room();
  open(model, 'ben', 'Ben');
  model.setUnreadable('ben');
  assert.equal(tileOf(model, 'ben').name, 'Ben');
});

test('after a resume the snapshot decides who is here and keeps what was proved', () => {
  const model = room();
  open(model, 'ben', 'Ben');
  model.applyJoined({resumed: true, endpoints: [{endpoint: 'ben', state: 's', tracks: TRACKS('ben')}]});
  assert.deepEqual(model.tiles().map((tile) => tile.name), ['Ben']);
});

test('tiles keep the order in which people came', () => {
  const model = room();
  model.apply({type: 'endpoint-joined', endpoint: 'cat', state: 's', tracks: []});
  model.apply({type: 'endpoint-left', endpoint: 'ann'});
  model.apply({type: 'endpoint-joined', endpoint: 'ann', state: 's', tracks: []});
  assert.deepEqual(model.tiles().map((tile) => tile.endpoint), ['ben', 'cat', 'ann']);
});

test('names cannot carry control characters, turn the text around or fill the page', () => {
  assert.equal(cleanName(' Ann\u202e\u0000\n '), 'Ann');
  assert.equal(cleanName('\u200b'), null);
  assert.equal(cleanName(7), null);
  assert.equal([...cleanName('😀'.repeat(500))].length, 60);
});

test('a slot that was claimed for another for a moment is nobody’s until a frame has proved it again', () => {
  const model = room();
  const ben = [{seat: 0, endpoint: 'ben', group: 'camera', audio: 'ben-m', video: 'ben-c'}];
  model.setOccupant('v0', {endpoint: 'ben', source: 'camera'});
  model.applySeats(ben);
  assert.equal(tileOf(model, 'ben').videoSlot, 'v0');
  model.applySeats([{seat: 0, endpoint: 'ann', group: 'camera', audio: 'ann-m', video: 'ann-c'}]);
  model.applySeats(ben);
  assert.deepEqual([tileOf(model, 'ben').videoSlot, tileOf(model, 'ben').pendingSlot], [null, null]);
  model.setOccupant('v0', {endpoint: 'ben', source: 'camera'});
  assert.equal(tileOf(model, 'ben').videoSlot, 'v0');
});
