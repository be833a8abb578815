// In mid-call the whole memory of the bridge is dumped and searched: neither the link secret, nor a
// key derived from it, nor a name, an identity or a line of chat, nor sixteen bytes in a row of a plaintext frame. What it may have, the
// ciphertext of those very frames, is searched for too: so the search is known to find.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, openSync, readSync, closeSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBridge } from '../support/bridge.mjs';
import { everySecretOf } from '../support/link_keys.mjs';
import { withPeople } from '../support/participant.mjs';
import { frameTap, kidOf, tappedFrames } from '../support/frame_tap.mjs';
import { until } from '../support/until.mjs';

const WINDOW = 16;

// Every 16-byte window with at least 12 distinct bytes, keyed by its first 6 bytes as a number.
function windowsOf(frames) {
  const index = new Map();
  let count = 0;
  for (const frame of frames) {
    for (let at = 0; at + WINDOW <= frame.length; at++) {
      const window = frame.subarray(at, at + WINDOW);
      if (new Set(window).size < 12) continue;
      const key = window.readUIntBE(0, 6);
      if (!index.has(key)) index.set(key, []);
      index.get(key).push(window);
      count++;
    }
  }
  return { index, count };
}

// A bitmap of the windows' first three bytes keeps the scan of hundreds of megabytes quick.
function scan(file, { secrets, plain, cipher }) {
  const hot = new Uint8Array(1 << 24);
  const mark = (windows) => { for (const [key] of windows.index) hot[Math.floor(key / 2 ** 24)] = 1; };
  mark(plain); mark(cipher);
  const hits = { secrets: [], plain: [], cipher: 0 };
  const overlap = 64, size = statSync(file).size, chunk = Buffer.alloc((8 << 20) + overlap);
  const input = openSync(file, 'r');
  for (let position = 0; position < size; position += 8 << 20) {
    const read = readSync(input, chunk, 0, chunk.length, position);
    const view = chunk.subarray(0, read);
    for (const { name, bytes } of secrets) if (view.includes(bytes)) hits.secrets.push(name);
    for (let at = 0; at + WINDOW <= read; at++) {
      if (!hot[view[at] << 16 | view[at + 1] << 8 | view[at + 2]]) continue;
      const key = view.readUIntBE(at, 6);
      const same = (window) => view.compare(window, 0, WINDOW, at, at + WINDOW) === 0;
      if (plain.index.get(key)?.some(same)) hits.plain.push(position + at);
      if (cipher.index.get(key)?.some(same)) hits.cipher++;
    }
  }
  closeSync(input);
  return hits;
}

// As texts may stand in a message or in memory.
const asText = (name, text) => [{ name: `${name} in UTF-8`, bytes: Buffer.from(text) }, { name: `${name} in UTF-16`, bytes: Buffer.from(text, 'utf16le') },
  { name: `${name} in base64`, bytes: Buffer.from(Buffer.from(text).toString('base64url').slice(1, -3)) }];

// What only the members of a group know: who they are, what they say, and what their keys make of it.
async function whatTheGroupKnows(ann, ben) {
  const line = 'a line of chat that the bridge passes on and cannot read';
  await ann.get('chat-toggle').click();
  await ann.get('chat-input').fill(line);
  await ann.page.keyboard.press('Enter');
  await ben.get('chat-toggle').click();
  await until('Ben reads it', async () => (await ben.page.locator('[data-testid=chat-panel]').innerText()).includes(line));
  const { members, agreement } = await ann.group();
  return [...asText('chat', line), { name: 'what the group exports', bytes: Buffer.from(agreement, 'base64url') },
    ...members.flatMap(({ name, identity }) => [{ name: `identity of ${name}`, bytes: Buffer.from(identity, 'hex') }, ...asText('identity', identity)])];
}

for (const keys of ['group', 'link']) test(`${keys} keys: a core dump of the bridge in mid-call holds no secret, no key and no plaintext`, async () => {
  const bridge = await startBridge();
  const folder = mkdtempSync(join(tmpdir(), 'sotto-core-'));
  try {
    await withPeople(async (open) => {
      const { url, room, secret } = bridge.link();
      const query = `debug=1&keys=${keys}`;
      const [ann, ben] = await Promise.all([['Annabella Quillfeather', 21], ['Benedict Oxbridgeman', 42]].map(([name, id]) =>
        open(url, { name, id, query, prepare: frameTap })));
      await ann.join();
      await ben.join();
      await ann.sees(ben);
      await ben.sees(ann);
      const known = keys === 'group' ? await whatTheGroupKnows(ann, ben) : [];
      await until('some frames of Ann in plaintext and sealed', async () => (await tappedFrames(ann)).length >= 60);
      // The tap sees a received frame as (sealed, opened), a sent one as (plain, sealed).
      const both = [...await tappedFrames(ann), ...await tappedFrames(ben)];
      const frames = both.map((frame) => (frame.sealed.length > frame.plain.length ? frame
        : { ...frame, plain: frame.sealed, sealed: frame.plain }));
      execFileSync('gcore', ['-o', join(folder, 'core'), String(bridge.pid)], { stdio: 'pipe' });
      const core = join(folder, `core.${bridge.pid}`);
      const kids = [...new Set(frames.map(kidOf))];
      // A group's change with every epoch.
      assert.ok(keys === 'link' ? kids.length === 4 : kids.length >= 4, `the KIDs of microphone and camera of both: ${kids}`);

      const secrets = everySecretOf({ room, secret, kids });
      secrets.push({ name: 'link secret as text', bytes: Buffer.from(secret.toString('base64url')) });
      secrets.push({ name: 'link secret as hex', bytes: Buffer.from(secret.toString('hex')) });
      for (const { name } of [ann, ben]) secrets.push(...asText('name', name));
      secrets.push(...known);
      const plain = windowsOf(frames.map((frame) => frame.plain));
      const cipher = windowsOf(frames.map((frame) => frame.sealed));
      const hits = scan(core, { secrets, plain, cipher });
      console.log(`${(statSync(core).size / 2 ** 20).toFixed(0)} MiB of core searched for ${secrets.length} secrets and ` +
        `${plain.count} windows of ${frames.length} plaintext frames; ${hits.cipher} windows of ciphertext found`);
      assert.ok(plain.count > 10000, 'enough plaintext to search for');
      assert.ok(hits.cipher > 100, 'the control: the ciphertext of the same frames is found');
      assert.deepEqual(hits.secrets, []);
      assert.deepEqual(hits.plain, []);
      await ben.sees(ann); // and the call goes on
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await bridge.stop();
  }
});
