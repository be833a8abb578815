// Names that a person would take for one another.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {load} from './load.mjs';

const {likeness, lookAlikes, nameOfOther} = await load('call/name_likeness.ts');

test('names that look alike are found, in whichever form and script they are written', () => {
  for (const [one, other] of [['Zoë', 'Zoe\u0308'], ['Zoë', 'zoe'], ['Ann', 'ann'], ['Paypal', 'Раураl'], ['Ida', 'lda'], ['Bob', 'B0b'], ['Martin', 'Mαrtιn'],
    ['Ann', 'A\u200dnn'], ['Ann Lee', 'AnnLee'], ['Ann', 'Ａｎｎ'], ['Tim', 'Tirn']]) {
    assert.equal(likeness(one), likeness(other), `${one} ${other}`);
    assert.deepEqual([...lookAlikes([one, 'Cleo', other])], [...new Set([one, other])], `${one} ${other}`);
  }
});

test('names that differ stay apart, also in other scripts', () => {
  const names = ['Ann', 'Anna', 'Ben', 'Cleo', 'Дмитрий', 'Сергей', '花子', '太郎', 'محمد', 'Ελένη', '👋', '🎉'];
  assert.deepEqual([...lookAlikes(names)], []);
});

test('nobody else is shown as the page shows oneself', () => {
  for (const name of ['You', 'you', 'YOU', 'Yоu', 'Υου', 'Y0U', 'Ｙｏｕ', 'Yo\u0301u', 'Y\u200dou', 'Y o u']) {
    assert.equal(nameOfOther(name), `“${name}” (not you)`);
  }
  for (const name of ['Young', 'Yusuf', 'Ann', 'Lou']) assert.equal(nameOfOther(name), name);
});
