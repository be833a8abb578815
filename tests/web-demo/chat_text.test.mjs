import assert from 'node:assert/strict';
import {test} from 'node:test';
import {load} from './load.mjs';

const {cleanReaction, cleanText, textParts} = await load('call/chat_text.ts');
const addresses = (text) => textParts(text).filter(({address}) => address !== null).map(({text: shown, address}) => [shown, address]);

test('what turns a line around or cannot be seen is taken out; composed emoji stay whole', () => {
  assert.equal(cleanText(' a\u202eb\u0007c\u200bd\r\n\n\n\ne '), 'abcd\n\ne');
  assert.equal(cleanText('👩‍👩‍👧 ok'), '👩‍👩‍👧 ok');
  assert.equal([...cleanReaction('x'.repeat(100))].length, 8);
});

test('every text is the sum of its parts', () => {
  for (const text of ['', 'plain', 'https://a.example', 'see https://a.example/x?y=1#z, and https://b.example.']) {
    assert.equal(textParts(text).map((part) => part.text).join(''), text);
  }
});

test('https addresses can be opened, and lead where they say', () => {
  assert.deepEqual(addresses('see https://a.example/x?y=1#z, and (https://b.example/).'),
      [['https://a.example/x?y=1#z', 'https://a.example/x?y=1#z'], ['https://b.example/', 'https://b.example/']]);
});

test('nothing else can be opened', () => {
  for (const text of ['http://a.example', 'javascript:alert(1)', 'data:text/html,x', 'https://bank.example@evil.example/',
    'https://bank.example:443@evil.example', 'https://localhost/', 'https://а.example/', 'https://', 'https://\u2215.example',
    `https://a.example/${'x'.repeat(600)}`]) {
    assert.deepEqual(addresses(text), [], text);
  }
});
