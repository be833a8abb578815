// What the page knows of a call's group, told by a group in which only what the test says happens.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FakeGroup, member} from './fake_group.mjs';
import {load} from './load.mjs';

const {GroupRoom} = await load('call/group_room.ts');
const LINK = `0.${'A'.repeat(43)}`;
const ANN = member(0, 'Ann', {self: true, moderator: true});
const BEN = member(1, 'Ben');
const settled = () => new Promise((resolve) => setImmediate(resolve));

async function inRoom(...others) {
  const group = new FakeGroup();
  const room = new GroupRoom(group, {link: LINK, now: () => 1000});
  const said = [];
  room.on('announce', (text) => said.push(text));
  group.put(ANN, ...others);
  group.enter();
  group.tell('linkChanged', {generation: 0, fragment: LINK});
  await settled();
  return {group, room, said};
}
const names = (room) => room.everybody().map(({name}) => name);

test('who was there is not announced, who comes and goes is, and by whose doing', async () => {
  const {group, room, said} = await inRoom(BEN);
  assert.deepEqual(names(room), ['Ann', 'Ben']);
  assert.deepEqual(said, []);
  group.put(member(2, 'Cem'), member(3, 'Dora'), member(4, 'Eve'));
  group.gone('2');
  group.gone('3', 'kicked', '0');
  group.gone('4', 'removed', '1');
  assert.deepEqual(said, ['Cem is here.', 'Dora is here.', 'Eve is here.', 'Cem left.', 'You removed Dora.',
    'Eve was removed by Ben: not heard any more.']);
  assert.deepEqual(names(room), ['Ann', 'Ben']);
});

test('whoever leaves just after a kick waits until it has been confirmed, refused, or given up', async () => {
  for (const end of [
    (group) => group.tell('linkChanged', {generation: 1, fragment: `1.${'B'.repeat(43)}`}),
    (group) => group.tell('trouble', {code: 'commit-failed'}),
    (group) => group.tell('ended', {reason: 'left'}),
  ]) {
    const {group, room} = await inRoom(BEN);
    assert.equal(await room.kick(room.members.get('1')), true);
    let gone = false;
    const leaving = room.leave().then(() => { gone = true; });
    await settled();
    assert.deepEqual([group.wishes.map(([name]) => name), gone], [['kick', 'leave'], false]);
    end(group);
    await leaving;
    assert.equal(room.kicking, false);
  }
  const {room} = await inRoom(BEN);
  await room.leave();
});

test('what is held back is known by name until it comes, or its writer goes', async () => {
  const {group, room, said} = await inRoom(BEN, member(2, 'Cem'));
  group.tell('chatHeldBack', {id: '1', name: 'Ben', missing: 1});
  group.tell('chatHeldBack', {id: '1', name: 'Ben', missing: 2});
  group.tell('chatHeldBack', {id: '2', name: 'Cem', missing: 1});
  assert.deepEqual([...room.heldBack.values()], [{name: 'Ben', missing: 2}, {name: 'Cem', missing: 1}]);
  assert.deepEqual(said, ['Ben has written something that has not come.', 'Cem has written something that has not come.']);
  group.tell('chatHeldBack', {id: '1', name: 'Ben', missing: 0});
  group.gone('2');
  assert.equal(room.heldBack.size, 0);
});

test('others in a separate call are told of once, until nothing is heard of them', async () => {
  const {group, room, said} = await inRoom(BEN);
  group.tell('othersApart', {apart: true, stays: false});
  assert.deepEqual(room.apart, {stays: false, dismissed: false});
  room.dismissApart();
  assert.equal(room.apart.dismissed, true);
  group.tell('othersApart', {apart: false, stays: false});
  assert.equal(room.apart, null);
  assert.deepEqual(said, ['Others with this link are in a separate call.']);
});

test('who has only come back is announced neither as gone nor as new', async () => {
  const {group, room, said} = await inRoom(BEN);
  group.gone('1', 'rejoined', '0');
  group.put({...BEN, id: '5'});
  assert.deepEqual(said, []);
  assert.deepEqual(room.others.map(({id}) => id), ['5']);
});

test('a name on another key than before is announced as such', async () => {
  const {group, said} = await inRoom();
  group.put({...BEN, standing: 'changed'});
  assert.deepEqual(said, ['Somebody called Ben is here, and is not the one who had this name before.']);
});

test('whom the group does not list after I came back is not shown', async () => {
  const {group, room} = await inRoom(BEN);
  group.enter('rejoining');
  group.people.delete('1');
  group.enter('in');
  await settled();
  assert.deepEqual(names(room), ['Ann']);
});

test('names are cleaned of what turns a line around', async () => {
  const {room} = await inRoom({...BEN, name: 'B\u202een\n'}, {...member(2, 'x'), name: '\u200b'});
  assert.deepEqual(names(room), ['Ann', 'Ben', 'Guest']);
});

test('what I say stands at once, and is marked when everybody gets it', async () => {
  const {group, room} = await inRoom(BEN);
  assert.equal(await room.say('  hello  '), true);
  const [line] = room.chat.lines;
  assert.deepEqual([line.text, line.mine, line.name, line.delivered], ['hello', true, 'Ann', false]);
  group.tell('chatDelivered', {number: 1});
  assert.equal(line.delivered, true);
  assert.deepEqual(group.wishes, [['say', 'hello']]);
});

test('what was refused is not in the chat; what is on its way when I drop out is shown as lost until it comes', async () => {
  const {group, room} = await inRoom(BEN);
  group.refusing = 'busy';
  assert.equal(await room.say('one'), false);
  assert.equal(room.trouble.code, 'busy');
  await room.say('two');
  group.enter('rejoining');
  group.enter('in');
  group.tell('linkChanged', {generation: 0, fragment: LINK});
  const shown = () => room.chat.lines.map(({text, lost, delivered}) => [text, lost, delivered]);
  assert.deepEqual(shown(), [['two', true, false]]);
  group.tell('chatDelivered', {number: 1});
  assert.deepEqual(shown(), [['two', false, true]], 'the group has said it again from its new place');
});

test('who is let back in by nobody is told until a person has seen it, or is on the way back again', async () => {
  const {group, room} = await inRoom(BEN);
  const said = [];
  room.on('announce', (text) => said.push(text));
  group.enter('rejoining');
  group.tell('trouble', {code: 'not-let-back'});
  group.enter('in');
  group.tell('trouble', {code: 'message-refused'});
  assert.equal(room.notLetBack, true);
  assert.equal(said.filter((text) => text.startsWith('Nobody has let you back in.')).length, 1);
  room.dismissNotLetBack();
  assert.equal(room.notLetBack, false);
  group.tell('trouble', {code: 'not-let-back'});
  group.enter('rejoining');
  assert.equal(room.notLetBack, false);
});

test('nothing, or too much, is not said', async () => {
  const {group, room} = await inRoom();
  assert.equal(await room.say(' \u200b '), false);
  assert.equal(await room.say('ä'.repeat(2049)), false);
  assert.deepEqual(group.wishes, []);
});

test('messages are counted until they are read', async () => {
  const {group, room, said} = await inRoom(BEN);
  group.hear('1', 'one');
  group.hear('1', 'two', {missing: 2, unseen: true});
  assert.equal(room.chat.unread, 2);
  assert.deepEqual(said, ['Ben writes: one', 'Ben writes: two']);
  assert.deepEqual([room.chat.lines[1].missing, room.chat.lines[1].unseen], [2, true]);
  room.chat.setRead(true);
  group.hear('1', 'three');
  assert.equal(room.chat.unread, 0);
});

test('what somebody writes under a name that was another’s is marked', async () => {
  const {group, room} = await inRoom({...BEN, standing: 'changed'});
  group.hear('1', 'it is me');
  assert.equal(room.chat.lines[0].doubtful, true);
});

test('a thousand messages and reactions do not grow the page without bound', async () => {
  const {group, room} = await inRoom(BEN);
  for (let i = 0; i < 1000; i++) {
    group.hear('1', `line ${i}`);
    group.tell('reaction', {id: '1', reaction: '👍'});
  }
  assert.ok(room.chat.lines.length <= 500 && room.reactions.length <= 30);
  assert.equal(room.chat.lines.at(-1).text, 'line 999');
  assert.equal(room.chat.dropped, 500);
});

test('a reaction is a sign and no novel, of a member and of nobody else', async () => {
  const {group, room} = await inRoom(BEN);
  group.tell('reaction', {id: '1', reaction: '\u202eabcdefghijklm'});
  group.tell('reaction', {id: '9', reaction: '👍'});
  await room.react('🎉');
  assert.deepEqual(room.reactions.map(({name, text}) => [name, text]), [['Ben', 'abcdefgh'], ['Ann', '🎉']]);
});

test('hands are in the order in which they were raised, and go with their owner', async () => {
  const {group, room, said} = await inRoom(BEN, member(2, 'Cem'));
  const up = (id, name) => group.put(member(id, name, {marks: {handRaised: true}}));
  up(2, 'Cem');
  up(1, 'Ben');
  up(2, 'Cem');
  assert.deepEqual(room.hands, ['2', '1']);
  assert.deepEqual(said, ['Cem raises a hand.', 'Ben raises a hand.']);
  group.gone('2');
  group.put(BEN);
  assert.deepEqual(room.hands, []);
});

test('one mark is changed without touching the others, and nothing is told twice', async () => {
  const {group, room} = await inRoom();
  await room.setMarks({microphoneMuted: true});
  await room.raiseHand(true);
  await room.raiseHand(true);
  assert.deepEqual(group.wishes.at(-1), ['setMarks', {publishes: true, microphoneMuted: true, cameraOff: false, handRaised: true}]);
  assert.equal(group.wishes.length, 2);
});

test('the link that is told on coming in is not a new one; after a kick it is', async () => {
  const {group, room, said} = await inRoom(BEN);
  const changed = [];
  room.on('linkChanged', (link) => changed.push(link));
  assert.equal(room.linkIsNew, false);
  const fresh = `1.${'B'.repeat(42)}A`;
  group.tell('linkChanged', {generation: 1, fragment: fresh});
  assert.deepEqual([room.link, room.linkIsNew, changed], [fresh, true, [fresh]]);
  assert.match(said.at(-1), /old one no longer works/);
});

test('who waits outside is asked for, until answered, withdrawn, or I am no moderator', async () => {
  const {group, room, said} = await inRoom();
  const ask = (endpoint, name) => group.tell('joinRequested', {endpoint, identity: '00', name, standing: 'new'});
  const waiting = () => [...room.requests.values()].map(({name}) => name);
  for (const name of ['Cem', 'Dora', 'Eve', 'Fay']) ask(`e-${name}`, name);
  assert.deepEqual(waiting(), ['Cem', 'Dora', 'Eve', 'Fay']);
  assert.equal(said[0], 'Cem asks to be let in.');
  await room.admit('e-Cem');
  await room.turnAway('e-Dora');
  group.tell('joinWithdrawn', {endpoint: 'e-Eve'});
  assert.deepEqual(waiting(), ['Fay']);
  group.refusing = 'not-now';
  assert.equal(await room.admit('e-Fay'), false);
  assert.deepEqual(waiting(), ['Fay']);
  group.tell('roomChanged', {joinPolicy: 'knock', mediaEncrypted: true, permanent: false, moderator: false});
  assert.deepEqual(waiting(), []);
});

test('who switches encryption is named; a room in which it is off is said to be so', async () => {
  const {group, room, said} = await inRoom(BEN);
  const tell = (mediaEncrypted, by) => group.tell('roomChanged', {joinPolicy: 'open', mediaEncrypted, permanent: false, moderator: true, by});
  tell(true, null);
  assert.deepEqual([said, room.switched], [[], null]);
  tell(false, '1');
  assert.deepEqual(room.switched, {by: 'Ben', on: false, at: 1000});
  tell(false, '1');
  tell(true, '0');
  assert.deepEqual(said, ['Ben switched encryption off: the server can hear and see this call from now on.', 'You switched encryption on again.']);
  room.dismissSwitch();
  assert.equal(room.switched, null);

  const late = await inRoom(BEN);
  late.group.tell('roomChanged', {joinPolicy: 'open', mediaEncrypted: false, permanent: false, moderator: false, by: null});
  assert.deepEqual([late.said, late.room.switched], [['Encryption is off in this room: the server can hear and see this call.'], null]);
});

test('a code names who takes part, and is the same or not by a person’s word only', async () => {
  const {group, room} = await inRoom(BEN, member(2, 'Cem'));
  await room.startCode();
  assert.equal(room.codeAsked, true);
  const symbols = ['sun', 'cat', 'car', 'key', 'tree', 'bell', 'moon'].map((word) => ({emoji: '🌞', word}));
  group.tell('codeShown', {code: '01020304050607', symbols, participants: ['0', '1']});
  assert.deepEqual([room.codeAsked, room.code.same], [false, null]);
  assert.deepEqual(room.code.participants.map(({name}) => name), ['Ann', 'Ben']);
  assert.deepEqual(group.wishes, [['startCode']]);
  room.denyCode();
  assert.equal(room.code.same, false);
  assert.deepEqual(group.wishes, [['startCode']], 'a no verifies nobody');
  const {code} = room;
  await room.confirmCode(code);
  assert.equal(room.code.same, true);
  assert.deepEqual(group.wishes.at(-1), ['confirmCode', '01020304050607'], 'the one that the person has read');
  group.tell('codeShown', {code: '0f0f0f0f0f0f0f', symbols, participants: ['0', '1']});
  await room.confirmCode(code);
  assert.deepEqual([group.wishes.at(-1)[1], room.code.same], ['01020304050607', null], 'and not what has taken its place');
});

test('who waits outside is told why, as long as it is so', async () => {
  const {group, room} = await inRoom();
  const said = [];
  room.on('announce', (text) => said.push(text));
  assert.equal(room.answered, 'none');
  group.tell('answered', {answer: 'locked'});
  group.tell('answered', {answer: 'asked'});
  assert.equal(room.answered, 'asked');
  assert.deepEqual(said, ['This room is locked. Nobody new is let in.', 'A moderator has been asked to let you in.']);
  group.tell('answered', {answer: 'none'});
  assert.deepEqual([room.answered, said.length], ['none', 2]);
});

test('why the group has ended is said once', async () => {
  const {group, room} = await inRoom();
  const ends = [];
  room.on('ended', (reason) => ends.push(reason));
  group.tell('ended', {reason: 'kicked'});
  group.tell('failed', {message: 'x'});
  assert.deepEqual([ends, room.ended, room.state], [['kicked'], 'kicked', 'over']);
});

test('what a person wants of a member is not done to another who has taken its place', async () => {
  const {group, room} = await inRoom(BEN);
  const shown = room.members.get('1');
  assert.ok(await room.fingerprint(shown));
  group.gone('1');
  group.put(member(1, 'Mallory'));
  for (const wish of ['kick', 'makeModerator', 'confirmFingerprint', 'acceptChange']) assert.equal(await room[wish](shown), false);
  assert.equal(await room.fingerprint(shown), null);
  assert.deepEqual(group.wishes, []);
  const mallory = room.members.get('1');
  for (const wish of ['kick', 'confirmFingerprint', 'acceptChange']) assert.equal(await room[wish](mallory), true);
  // The group is told whom the person saw: its own look at who has the place comes later still.
  assert.deepEqual(group.wishes, [['kick', '1', {identity: mallory.identity}], ['confirmFingerprint', '1', mallory.identity], ['acceptChange', '1', mallory.identity]]);
});
