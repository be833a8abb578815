import assert from 'node:assert/strict';
import {test} from 'node:test';
import {load} from './load.mjs';

const token = await load('token.ts');
const link = await load('link.ts');
const {TOKEN_REFUSALS} = await load('signaling/protocol.ts');
const {TOKEN_WORDS} = await load('pages/token_words.ts');

const SECRET = 'A'.repeat(42) + 'E';
const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJyb29tIjoiKiJ9.c2ln-_';
const place = (pathname, search, hash) => ({pathname, search, hash});

test('a token is read behind the key, or of the query as Jitsi has it; the one behind the key wins', () => {
  assert.equal(token.tokenOf(place('/r/a', '', `#0.${SECRET}&jwt=${JWT}`)), JWT);
  assert.equal(token.tokenOf(place('/r/a', `?jwt=${JWT}`, `#0.${SECRET}`)), JWT);
  assert.equal(token.tokenOf(place('/r/a', '?jwt=other', `#0.${SECRET}&jwt=${JWT}`)), JWT);
  for (const [search, hash] of [['', ''], ['?jwt=', ''], ['', `#0.${SECRET}`], ['', '#jwt=a'], ['?keys=link', `#0.${SECRET}&jwt=`]]) {
    assert.equal(token.tokenOf(place('/r/a', search, hash)), null, search + hash);
  }
  assert.equal(token.tokenOf(place('/r/a', `?jwt=${'x'.repeat(100_000)}`, '')).length, 9000);
});

test('the key is found with a token behind it, and is no key with anything else in it', () => {
  assert.deepEqual(link.parseLocation('/r/a', `#0.${SECRET}&jwt=${JWT}`), {room: 'a', fragment: `0.${SECRET}`});
  assert.equal(link.parseLocation('/r/a', `#0.${SECRET}?jwt=${JWT}`).fragment, null);
  assert.equal(link.parseLocation('/r/a', `#&jwt=${JWT}`).fragment, null);
});

test('an address loses its token and nothing else', () => {
  const without = (search, hash) => token.addressWithoutToken(place('/r/a', search, hash));
  assert.equal(without('', `#0.${SECRET}&jwt=${JWT}`), `/r/a#0.${SECRET}`);
  assert.equal(without(`?jwt=${JWT}&keys=link`, `#0.${SECRET}`), `/r/a?keys=link#0.${SECRET}`);
  assert.equal(without(`?jwt=${JWT}`, `#0.${SECRET}&jwt=${JWT}&x=1`), `/r/a#0.${SECRET}&x=1`);
  assert.equal(without('?keys=link', ''), '/r/a?keys=link');
});

test('a link for everybody has no token; a pasted one keeps its own', () => {
  const own = 'https://sotto.example';
  assert.equal(link.formatLink(own, 'a', `0.${SECRET}`), `${own}/r/a#0.${SECRET}`);
  const pasted = link.parsePasted(`${own}/r/a?jwt=${JWT}#0.${SECRET}`, own);
  assert.equal(pasted.token, JWT);
  const opened = new URL(link.formatLink(own, pasted.room, pasted.fragment, pasted.keys, pasted.token));
  assert.equal(opened.search, '', 'a server on the way would write it down');
  assert.equal(token.tokenOf(opened), JWT);
});

test('a token is kept for a reload of the tab, for its room, and where nothing can be kept that is told', () => {
  const kept = new Map();
  const storage = {getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value)};
  assert.equal(token.rememberToken(storage, 'a', JWT), true);
  assert.equal(token.recallToken(storage, 'a'), JWT);
  assert.equal(token.recallToken(storage, 'b'), null);
  const blocked = {getItem() { throw new Error('blocked'); }, setItem() { throw new Error('blocked'); }};
  assert.equal(token.rememberToken(blocked, 'a', JWT), false);
  assert.equal(token.recallToken(blocked, 'a'), null);
  assert.equal(token.rememberToken(null, 'a', JWT), false);
});

test('each refusal has a sentence of its own, in which no word is of the format', () => {
  const texts = new Set();
  for (const code of TOKEN_REFUSALS) {
    const {title, text} = TOKEN_WORDS[code];
    assert.ok(title.length > 10 && text.length > 20, code);
    assert.doesNotMatch(title + text, /jwt|claim|\bkid\b|\balg\b|\bexp\b/i, code);
    texts.add(`${title} ${text}`);
  }
  assert.equal(texts.size, TOKEN_REFUSALS.length);
});
