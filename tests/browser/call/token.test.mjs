// A room that needs a token, on the page: the token is taken from the link, kept out of what one copies and
// through a reload; without a good one the page says in plain words why nobody is let in.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBridge } from '../support/bridge.mjs';
import { withPeople } from '../support/participant.mjs';
import { until } from '../support/until.mjs';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

function token(claims) {
  const now = Math.floor(Date.now() / 1000);
  const text = `${part({ alg: 'RS256', kid: 'office', typ: 'JWT' })}.${part({ aud: 'jitsi', nbf: now - 5, exp: now + 600, ...claims })}`;
  return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
}

async function withBridge(work) {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-token-'));
  const file = join(folder, 'keys.json');
  writeFileSync(file, JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'office' }] }));
  const bridge = await startBridge({ args: ['--token-keys', file] });
  try { await work(bridge); } finally { await bridge.stop(); rmSync(folder, { recursive: true }); }
}

test('two come by links with tokens, behind the key and as a query, and give none of it away', () => withBridge(async (bridge) => {
  const { room, url } = bridge.link();
  const mine = token({ room, context: { user: { name: 'Somebody else', moderator: true } } });
  await withPeople(async (open) => {
    const ann = await open(`${url}&jwt=${mine}`, { name: 'Ann', id: 21 });
    const ben = await open(url.replace('#', `?jwt=${token({ room: '*' })}#`), { name: 'Ben', id: 42 });
    await ann.join();
    await ben.join();
    await ann.sees(ben);
    await ben.sees(ann);
    for (const person of [ann, ben]) assert.doesNotMatch(person.page.url(), /jwt|eyJ/, 'whoever copies the address invites');
    assert.equal((await ben.tileOf('Ann')).name, 'Ann', 'names are the members\' own, not those of tokens');
    await ann.page.reload();
    await ann.join();
    await ann.sees(ben);
    assert.equal((await bridge.health()).tokens.refused, 0);
  });
}));

test('whoever has no good token reads why, and what to do', () => withBridge(async (bridge) => {
  const { room, url } = bridge.link();
  await withPeople(async (open) => {
    const eve = await open(url, { name: 'Eve', id: 21 });
    const cases = [
      ['', 'token-required', /personal invitation/],
      [`&jwt=${token({ room, exp: 1_600_000_000 })}`, 'token-expired', /has expired/],
      [`&jwt=${token({ room: 'another' })}`, 'token-room', /for another room/],
      ['&jwt=nonsense', 'token-malformed', /cannot be read/],
    ];
    for (const [behind, code, words] of cases) {
      // Another hash is another page load, which the page does by itself.
      await eve.page.goto('about:blank');
      await eve.page.goto(`${url}${behind}`);
      await eve.join();
      const end = eve.get('ended');
      await until(`the page says ${code}`, async () => (await end.count()) > 0);
      assert.equal(await end.getAttribute('data-reason'), code);
      assert.match(await end.innerText(), words);
    }
    assert.deepEqual(eve.errors, []);
    assert.equal((await bridge.health()).endpoints, 0);
  });
}));
