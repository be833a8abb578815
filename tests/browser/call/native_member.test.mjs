// A native endpoint, through the C interface and the bridge's delivery service, in one room with people at the
// demo page: they see each other, talk, open each other's frames, and remove each other. The native member has
// no connection for media: its frames take the place of another's in a seat, which the bridge then says is its.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { framesOf } from '../../interop/frames.mjs';
import { NativeMember } from '../../native/group_member/native_member.mjs';
import { startBridge } from '../support/bridge.mjs';
import { copiesOf, feed, frameLedger, setDoor } from '../support/frame_ledger.mjs';
import { lineTo, placeOf } from '../support/light_member.mjs';
import { withPeople } from '../support/participant.mjs';
import { until } from '../support/until.mjs';

const CAMERA = 1;
const QUERY = 'debug=1&capture=320x180@15';

// `open(name, id, options)` opens a page, `native()` brings Nat in.
async function inRoom(body) {
  const bridge = await startBridge();
  const link = bridge.link();
  let nat = null, line = null;
  try {
    await withPeople((open) => body({
      open: (name, id, options) => open(link.url, { name, id, query: QUERY, ...options }),
      native: async () => {
        const { room, link: fragment } = placeOf(link);
        line = lineTo(bridge, room);
        nat = await NativeMember.join(line.transport, { room, link: fragment, name: 'Nat', endpoint: line.endpoint });
        nat.endpoint = line.endpoint;
        return nat;
      },
    }));
  } finally {
    line?.client.leave();
    await nat?.end();
    await bridge.stop();
  }
}

const agree = (nat, ...pages) => until('the native member and the pages are one group', async () => {
  const names = ['Nat', ...pages.map(({ name }) => name)].sort().join();
  const groups = await Promise.all(pages.map((page) => page.group()));
  const agreements = new Set([await nat.group.agreement(), ...groups.map((group) => group?.agreement ?? null)]);
  const rosters = [(await nat.names()).join(), ...(await Promise.all(pages.map((page) => page.roster()))).map((roster) => roster.join())];
  return { ok: agreements.size === 1 && !agreements.has(null) && rosters.every((roster) => roster === names), rosters, agreements: [...agreements] };
});

async function write(page, text) {
  if (await page.get('chat-input').count() === 0) await page.page.keyboard.press('c');
  await page.get('chat-input').fill(text);
  await page.get('chat-send').click();
}

test('a person at a page and a native member are one group: they see, write to and remove each other', () => inRoom(async ({ open, native }) => {
  const ann = await open('Ann', 21);
  await ann.join();
  await until('Ann is in', async () => (await ann.group())?.state === 'in');
  const nat = await (await native()).in();
  await agree(nat, ann);
  assert.equal(await nat.group.epoch(), (await ann.group()).epoch);
  assert.deepEqual((await nat.group.members()).map(({ name, moderator }) => ({ name, moderator })), [{ name: 'Ann', moderator: true }, { name: 'Nat', moderator: false }]);
  await until('Nat has a tile', async () => (await ann.tileOf('Nat')) !== undefined);

  await nat.group.say('hello from C');
  await write(ann, 'hello from the page');
  assert.equal((await nat.told('chat')).text, 'hello from the page');
  await until("the page shows Nat's words", async () => (await ann.get('chat-log').innerText()).includes('hello from C'));
  const line = ann.page.locator('[data-testid=chat-line][data-name=Nat]');
  assert.equal(await line.getAttribute('data-mine'), 'false');

  await ann.remove({ name: 'Nat' });
  assert.equal((await nat.told('ended')).reason, 'kicked');
  await until('Ann is alone', async () => (await ann.roster()).join() === 'Ann' && (await ann.tileOf('Nat')) === undefined);
  assert.match(new URL(ann.page.url()).hash, /^#1\./);
  assert.deepEqual(ann.errors, []);
}));

test('a native member that founded the room removes a person, whose page says so', () => inRoom(async ({ open, native }) => {
  const nat = await (await native()).in();
  const [ann, ben] = await Promise.all([open('Ann', 21), open('Ben', 42)]);
  for (const page of [ann, ben]) await page.join();
  await agree(nat, ann, ben);
  await nat.group.kick(await nat.idOf('Ben'));
  await ben.get('ended').waitFor();
  assert.equal(await ben.get('ended').getAttribute('data-reason'), 'kicked');
  await agree(nat, ann);
  const { fragment } = await nat.told('linkChanged', ({ generation }) => generation === 1);
  await until('Ann has the new link', () => new URL(ann.page.url()).hash === `#${fragment}`);
  for (const page of [ann, ben]) assert.deepEqual(page.errors, []);
}));

test('whoever waits at the door of a native moderator is told why, and comes in when it is let in', () => inRoom(async ({ open, native }) => {
  const nat = await (await native()).in();
  await nat.group.setJoinPolicy('locked');
  const ann = await open('Ann', 21);
  await ann.join();
  const says = (words) => until(words, async () => (await ann.get('entering').innerText()).includes(words));
  await says('This room is locked');
  await nat.group.setJoinPolicy('knock');
  await says('A moderator has been asked');
  await nat.group.admit((await nat.told('joinRequested')).endpoint);
  await agree(nat, ann);
  await until('nothing more of it', async () => !await ann.get('entering').isVisible());
  assert.deepEqual(ann.errors, []);
}));

// Tells Ann that what is Ben's seat is Nat's, when `isNats` says so.
function seatsOf(lies) {
  const seat = (claim) => (lies.isNats && claim.endpoint === lies.ben ? { ...claim, endpoint: lies.nat } : claim);
  return (context) => context.routeWebSocket(/\/v1\/ws/, (page) => {
    const server = page.connectToServer();
    lies.tell = (message) => page.send(JSON.stringify(message));
    server.onMessage((data) => {
      if (typeof data !== 'string') return page.send(data);
      const message = JSON.parse(data);
      if (message.type === 'seats') {
        lies.seats = message.seats.map((claim) => ({ ...lies.seats?.find(({ seat: number }) => number === claim.seat), ...claim }));
        message.seats = message.seats.map(seat);
      }
      page.send(JSON.stringify(message));
    });
    lies.now = () => lies.tell({ type: 'seats', seats: lies.seats.map(seat) });
  });
}

const slotOf = async (viewer, name) => {
  const id = (await viewer.group()).members.find((member) => member.name === name)?.id;
  return (await viewer.stats()).find((stream) => stream.kind === 'video' && stream.direction === 'receive' && stream.occupant?.endpoint === id && id !== undefined)?.slot;
};

test("a page's camera opens natively, and what is sealed natively opens in the page's worker, under the native member's name", () => inRoom(async ({ open, native }) => {
  const lies = { isNats: false };
  const ann = await open('Ann', 21, { prepare: async (context) => { await frameLedger(context); await seatsOf(lies)(context); } });
  await ann.join();
  await until('Ann is in', async () => (await ann.group())?.state === 'in');
  const ben = await open('Ben', 42, { prepare: frameLedger });
  await ben.join();
  const nat = await (await native()).in();
  await agree(nat, ann, ben);
  await ann.sees(ben);
  await ben.sees(ann);

  const atBen = await until('where Ben sees Ann', () => slotOf(ben, 'Ann'));
  await setDoor(ben, atBen, 'copy');
  const leaf = await nat.idOf('Ann');
  const opened = [];
  let tried = 0;
  await until("Ann's frames open natively", async () => {
    const copies = await copiesOf(ben, atBen);
    for (const copy of copies.slice(tried)) {
      const frame = await nat.open('vp8', Buffer.from(copy, 'base64'));
      if (frame.status === 'ok') opened.push(frame);
    }
    tried = copies.length;
    return { ok: opened.length >= 10, opened: opened.length, tried };
  });
  await setDoor(ben, atBen, 'pass');
  for (const { leaf: from, context, frame } of opened) {
    assert.deepEqual([String(from), context], [leaf, CAMERA]);
    assert.ok(frame.length > 0);
  }
  // Bit 0 of a VP8 frame is 0 in a key frame, which has a start code and its size (RFC 6386 section 9.1).
  for (const { frame, key } of opened) assert.equal(key, (frame[0] & 1) === 0);

  const atAnn = await until('where Ann sees Ben', () => slotOf(ann, 'Ben'));
  lies.ben = (await ann.group()).members.find(({ name }) => name === 'Ben').endpoint;
  lies.nat = nat.endpoint;
  lies.isNats = true;
  lies.now();
  const frames = framesOf('vp8', { most: 12 });
  assert.ok(frames[0].key);
  const sealed = [];
  for (const { data, key } of frames) sealed.push((await nat.seal(CAMERA, 'vp8', data, { key })).toString('base64'));
  // The last once more, too, and one that was altered on its way.
  const altered = await nat.seal(CAMERA, 'vp8', frames[0].data);
  altered[altered.length - 1] ^= 1;
  const entries = await feed(ann, atAnn, [...sealed, sealed.at(-1), altered.toString('base64')]);
  assert.deepEqual(entries.map(({ out }) => out !== null), [...sealed.map(() => true), false, false]);
  const id = (await ann.group()).members.find(({ name }) => name === 'Nat').id;
  const stream = (await ann.stats()).find(({ slot }) => slot === atAnn);
  assert.equal(stream.occupant.endpoint, id, 'the worker says whose it is');
  for (const page of [ann, ben]) assert.deepEqual(page.errors, []);
}));
