// What people type as their name, as a group takes it.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {load} from './load.mjs';

const {credentialName} = await load('call/keys/credential_name.ts');

test('ordinary names stay as they are', () => {
  for (const name of ['Ann', 'Zoë Kruså', '李雷', 'محمد', 'O’Brien-Smith 2', '😀 Ann']) assert.equal(credentialName(name), name.normalize('NFC'));
});

test('spaces are single, plain, and not at the ends', () => {
  assert.equal(credentialName('  Ann \u00a0\u3000 Lee\t\n'), 'Ann Lee');
});

test('what is invisible, turns the text round or breaks the line is left out', () => {
  assert.equal(credentialName('A\u202en\u200bn\u2028\ufeff\u0000\ue000\ufffc\u17b4\u180b\u3164\u{e0101}\u{1d159}\ufdd0'), 'Ann');
  assert.equal(credentialName(`Z${'\u0334'.repeat(50)}algo`), `Z${'\u0334'.repeat(4)}algo`);
  assert.equal(credentialName('\u0334Ann'), 'Ann');
});

test('a name fits, in letters and in bytes, and there always is one', () => {
  assert.equal([...credentialName('x'.repeat(500))].length, 60);
  assert.ok(new TextEncoder().encode(credentialName('😀'.repeat(60))).length <= 128);
  for (const name of ['', '   ', '\u202e', '\u0334\u0334']) assert.equal(credentialName(name), 'Guest');
});
