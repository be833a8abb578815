// In a group the page shows its members, and looks for them where the bridge says that they are.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {load} from './load.mjs';

const {GroupRoomModel} = await load('call/keys/group_room_model.ts');

const TRACKS = (name) => [{track: `${name}-m`, source: 'microphone'}, {track: `${name}-c`, source: 'camera'}];
const member = (id, name, more = {}) => ({
  id, name, identity: '', self: false, moderator: false, reachability: 'present', standing: 'new', caughtUp: true, endpoint: name.toLowerCase(),
  ...more, marks: {publishes: true, microphoneMuted: false, cameraOff: false, handRaised: false, ...more.marks},
});
const tileOf = (model, id, group = 'camera') => model.tiles().find((tile) => tile.endpoint === id && tile.group === group);

// The bridge has Ann and Ben, and Ben in seat 0; the group knows Ben as 5 and Ann as 3.
function room(members = [member('3', 'Ann'), member('5', 'Ben')]) {
  const model = new GroupRoomModel();
  model.applyJoined({resumed: false, endpoints: ['ann', 'ben'].map((endpoint) => ({endpoint, state: 'ignored', tracks: TRACKS(endpoint)}))});
  model.applyMids([{seat: 0, audio: 'a0', video: 'v0'}]);
  model.applySeats([{seat: 0, endpoint: 'ben', group: 'camera', audio: 'ben-m', video: 'ben-c'}]);
  model.setMembers(members);
  return model;
}

test('whom the bridge connects is on no page before the group says who it is', () => {
  const model = room([]);
  assert.deepEqual(model.tiles(), []);
  assert.deepEqual(model.slotClaims().map(({occupant}) => occupant), [null, null], 'and nobody is played there');
  assert.equal(model.wrongKey(), false);
});

test('seats are claimed for the member who is at that connection', () => {
  assert.deepEqual(room().slotClaims(), [{slot: 'a0', occupant: {endpoint: '5', source: 'microphone'}},
                                         {slot: 'v0', occupant: {endpoint: '5', source: 'camera'}}]);
});

test('a tile has its name and marks from the group, its picture from a frame of its key', () => {
  const model = room([member('5', 'Ben', {standing: 'verified', marks: {handRaised: true, microphoneMuted: true}})]);
  const {name, proof, standing, handRaised, microphoneOn, videoSlot} = tileOf(model, '5');
  assert.deepEqual({name, proof, standing, handRaised, microphoneOn, videoSlot},
      {name: 'Ben', proof: 'opened', standing: 'verified', handRaised: true, microphoneOn: false, videoSlot: null});
  model.setOccupant('v0', {endpoint: '5', source: 'camera'});
  assert.equal(tileOf(model, '5').videoSlot, 'v0');
});

test('a member without a connection stays on the page, and one that moves is looked for elsewhere', () => {
  const model = room();
  model.setOccupant('v0', {endpoint: '5', source: 'camera'});
  model.apply({type: 'endpoint-left', endpoint: 'ben'});
  assert.equal(tileOf(model, '5').cameraOn, false);
  model.apply({type: 'endpoint-joined', endpoint: 'ben2', tracks: TRACKS('ben2')});
  assert.equal(model.setMembers([member('3', 'Ann'), member('5', 'Ben', {endpoint: 'ben2'})]), true, 'seats mean somebody else now');
  assert.equal(model.occupants.get('v0'), null, 'whoever is there next has to be proved');
  model.applySeats([{seat: 0, endpoint: 'ben2', group: 'camera', audio: 'ben2-m', video: 'ben2-c'}]);
  assert.deepEqual(model.slotClaims()[1].occupant, {endpoint: '5', source: 'camera'});
  assert.equal(model.setMembers([member('3', 'Ann'), member('5', 'Ben', {endpoint: 'ben2'})]), false);
});

test('without encryption the seats are the bridge’s word, and its return leaves everybody where they are', () => {
  const model = room();
  model.setEncrypted(false);
  assert.deepEqual([tileOf(model, '5').videoSlot, tileOf(model, '5').audioSlot], ['v0', 'a0']);
  assert.equal(tileOf(model, '3').videoSlot, null);
  model.applySeats([{seat: 0, endpoint: 'ann', group: 'camera', audio: 'ann-m', video: 'ann-c'}]);
  assert.deepEqual([tileOf(model, '3').videoSlot, tileOf(model, '5').videoSlot], ['v0', null]);
  model.setEncrypted(true);
  assert.deepEqual([tileOf(model, '3').videoSlot, tileOf(model, '3').audioSlot], ['v0', 'a0'], 'until its sealed frames say who it is');
  assert.equal(model.unproved(), 2);
  model.expectOccupant('v0', {endpoint: '3', source: 'camera'});
  assert.equal(tileOf(model, '3').videoSlot, 'v0', 'nor does it go while they are not displayed yet');
  model.setOccupant('v0', {endpoint: '3', source: 'camera'});
  assert.equal(model.unproved(), 1);
  model.expectOccupant('a0', {endpoint: '5', source: 'microphone'});
  assert.deepEqual([tileOf(model, '3').audioSlot, model.unproved()], [null, 0], 'the keys know better');
});

test('who has been proved before the page hears that encryption is back is not asked for again', () => {
  const model = room();
  model.setEncrypted(false);
  model.setOccupant('v0', {endpoint: '5', source: 'camera'});
  model.setOccupant('a0', {endpoint: '5', source: 'microphone'});
  model.setEncrypted(true);
  assert.deepEqual([model.unproved(), tileOf(model, '5').videoSlot], [0, 'v0']);
});

test('what was assumed of a seat ends with the bridge’s claim, and when encryption goes off again', () => {
  for (const end of [(model) => model.applySeats([{seat: 0}]), (model) => model.setEncrypted(false)]) {
    const model = room();
    model.setEncrypted(false);
    model.setEncrypted(true);
    assert.equal(model.unproved(), 2);
    end(model);
    assert.equal(model.unproved(), 0);
  }
});

test('who is no member any more is gone from the page, though the bridge still has it', () => {
  const model = room();
  model.setMembers([member('3', 'Ann')]);
  assert.deepEqual(model.tiles().map((tile) => tile.name), ['Ann']);
  assert.equal(model.slotClaims()[1].occupant, null);
});

test('one that has not been heard yet is shown by name, and as not confirmed', () => {
  const model = room([member('5', 'Ben', {reachability: 'unconfirmed', endpoint: null})]);
  const {name, proof, reachability, cameraOn} = tileOf(model, '5');
  assert.deepEqual({name, proof, reachability, cameraOn}, {name: 'Ben', proof: 'pending', reachability: 'unconfirmed', cameraOn: false});
});

test('tiles keep their places while members change', () => {
  const model = room();
  model.setMembers([member('0', 'Zoe'), member('5', 'Ben', {reachability: 'unreachable'}), member('3', 'Ann')]);
  assert.deepEqual(model.tiles().map((tile) => tile.name), ['Ann', 'Ben', 'Zoe']);
});
