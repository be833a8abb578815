// Who is on the page is who is in the group: with a bridge that lists ghosts, hides members, says that they
// have left or are called otherwise, and with people who turn out to be somebody else.
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { until } from '../support/until.mjs';
import { inRoom } from './call.mjs';

const HANDSHAKE = 1, APPLICATION = 4;
const text = (bytes) => Buffer.from(bytes).toString('base64url');

// A bridge that tells Ann what the test wants. It hides `hidden`, withholds what `mute` says to all, and
// Ann's commits where it `keepsCommits`.
class LyingBridge {
  hidden = null;
  mute = null;
  keepsCommits = false;
  told = { ghosts: 0, hidden: 0 };
  heard = new Map();
  ghost = randomBytes(16).toString('base64url');

  prepare = (context) => context.routeWebSocket(/\/v1\/ws/, (page) => {
    const server = page.connectToServer();
    this.tell = (message) => page.send(JSON.stringify(message));
    page.onMessage((data) => {
      if (typeof data === 'string' || !this.keepsCommits || data[0] !== HANDSHAKE) server.send(data);
    });
    server.onMessage((data) => {
      const passed = typeof data === 'string' ? this.message(JSON.parse(data)) : this.frame(Buffer.from(data));
      if (passed !== null) page.send(passed);
    });
  });

  message(message) {
    if (message.type === 'joined') {
      this.told.hidden += message.endpoints.filter(({ endpoint }) => endpoint === this.hidden).length;
      message.endpoints = message.endpoints.filter(({ endpoint }) => endpoint !== this.hidden);
      message.endpoints.push({ endpoint: this.ghost, tracks: [{ track: 't900', source: 'camera', paused: false }] });
      this.told.ghosts++;
    }
    return JSON.stringify(message);
  }

  // docs/protocol.md: of application messages, several share a frame.
  frame(frame) {
    if (frame[0] !== APPLICATION) return frame;
    const kept = [];
    for (let at = 1; at < frame.length;) {
      const end = at + 24 + frame.readUInt32BE(at + 20);
      const sender = text(frame.subarray(at, at + 16));
      if (sender !== this.mute) {
        kept.push(frame.subarray(at, end));
        this.heard.set(sender, (this.heard.get(sender) ?? 0) + 1);
      }
      at = end;
    }
    return kept.length === 0 ? null : Buffer.concat([frame.subarray(0, 1), ...kept]);
  }
}

// As the list of people and the tiles say; they have to say the same.
async function shown(person) {
  const [rows, tiles] = await Promise.all(['member', 'tile'].map((testid) => person.page.evaluate((testid) =>
    [...document.querySelectorAll(`[data-testid=${testid}]`)].map(({ dataset: { name, reachability, standing, self } }) => ({ name, reachability, standing, self })), testid)));
  const others = rows.filter(({ standing }) => standing !== 'self');
  const byName = (list) => [...list].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { others: byName(others), tiles: byName(tiles.filter(({ self }) => self !== 'true')) };
}

const shows = (person, expected) => until(`${person.name} is shown ${JSON.stringify(expected)}`, async () => {
  const { others, tiles } = await shown(person);
  const fits = (list) => Object.keys(expected).sort().join() === list.map(({ name }) => name).join() &&
    list.every((item) => Object.entries(expected[item.name]).every(([name, value]) => item[name] === value));
  return { ok: fits(others) && fits(tiles), others, tiles };
});

// How much this browser profile remembers of people: in bytes, for it is nobody's to read.
const pinsOf = (person) => person.page.evaluate(async () => {
  const settled = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error); });
  const database = await settled(indexedDB.open('sotto-group'));
  const pins = await settled(database.transaction('profile').objectStore('profile').get('pins'));
  database.close();
  return pins?.length ?? 0;
});

const marks = { publishes: false, microphoneMuted: true, cameraOff: true, handRaised: false };

// At once: both wait for members to fall silent, or to come again, most of their time.
describe('the roster', { concurrency: 2 }, () => {
  test('ghosts are nobody, and members stay who and where they are, whatever the bridge says', () => inRoom(async ({ mia, join, open }) => {
    const ben = await (await join('Ben')).in();
    const lies = new LyingBridge();
    lies.hidden = lies.mute = ben.line.endpoint;
    const ann = await open('Ann', 21, { prepare: lies.prepare });
    await ann.join();
    await ann.get('people-button').click();
    await mia.group.setMarks(marks);
    await shows(ann, { Ben: { reachability: 'unconfirmed' }, Mia: { reachability: 'present' } });
    assert.ok(lies.told.ghosts >= 1 && lies.told.hidden >= 1, 'it has been lied to');

    lies.mute = null;
    await ben.group.setMarks(marks);
    await shows(ann, { Ben: { reachability: 'present' }, Mia: { reachability: 'present' } });

    const ghost = randomBytes(16).toString('base64url');
    lies.tell({ type: 'endpoint-joined', endpoint: ghost, state: 'Mallory' });
    lies.tell({ type: 'seats', seats: [{ seat: 0, endpoint: ghost, group: 'camera', audio: 't901', video: 't902' }] });
    lies.tell({ type: 'state', endpoint: ben.line.endpoint, state: 'Mallory' });
    lies.tell({ type: 'endpoint-left', endpoint: mia.line.endpoint });
    lies.mute = ben.line.endpoint;
    lies.keepsCommits = true; // who is silent for so long is removed: that has to wait, too
    const before = lies.heard.get(mia.line.endpoint);
    await shows(ann, { Ben: { reachability: 'unreachable' }, Mia: { reachability: 'present' } });
    // For longer than an absent member is waited for.
    await until('Mia has been heard again and again', () => lies.heard.get(mia.line.endpoint) >= before + 2);
    await shows(ann, { Ben: { reachability: 'unreachable' }, Mia: { reachability: 'present' } });
    assert.deepEqual(await ann.roster(), ['Ann', 'Ben', 'Mia']);
    assert.match(await ann.get('removals').innerText(), /Ben/, 'and as long as that is not confirmed, it is said');
    lies.mute = null;
    await ben.group.setMarks({ ...marks, handRaised: true });
    await shows(ann, { Ben: { reachability: 'present' }, Mia: { reachability: 'present' } });
    assert.deepEqual(ann.errors, []);
  }));

  test('who was verified still is after a reload, and another one of that name is marked as such', () => inRoom(async ({ mia, join, open }) => {
    const ben = await (await join('Ben')).in();
    const ann = await open('Ann', 21);
    await ann.join();
    await ann.get('people-button').click();
    await shows(ann, { Ben: { standing: 'new' }, Mia: { standing: 'new' } });
    for (const member of [mia, ben]) await member.group.setMarks(marks);
    await shows(ann, { Ben: { reachability: 'present' }, Mia: { reachability: 'present' } });
    await ann.page.keyboard.press('l');
    await ann.page.getByRole('button', { name: 'Show the code' }).click();
    await ann.page.getByRole('button', { name: 'All of us see the same' }).click();
    await ann.page.keyboard.press('p');
    await shows(ann, { Ben: { standing: 'verified' }, Mia: { standing: 'verified' } });
    const known = await pinsOf(ann);
    const cem = await (await join('Cem')).in();
    await cem.group.setMarks(marks);
    await shows(ann, { Ben: { standing: 'verified' }, Cem: { standing: 'new', reachability: 'present' }, Mia: { standing: 'verified' } });
    await until('Cem is remembered', async () => (await pinsOf(ann)) > known);

    await ann.page.reload();
    await ann.join();
    await ann.get('people-button').click();
    await shows(ann, { Ben: { standing: 'verified' }, Cem: { standing: 'pinned' }, Mia: { standing: 'verified' } });
    await ben.leave();
    await shows(ann, { Cem: { standing: 'pinned' }, Mia: { standing: 'verified' } });
    await (await join('Ben')).in();
    await shows(ann, { Ben: { standing: 'changed' }, Cem: { standing: 'pinned' }, Mia: { standing: 'verified' } });
    assert.deepEqual(ann.errors, []);
  }));
});
