import assert from 'node:assert/strict';
import {test} from 'node:test';
import {load} from './load.mjs';

const {Lags} = await load('call/lags.ts');

const of = (endpoint, lagging, source = 'camera') => ({direction: 'receive', occupant: {endpoint, source}, lagging});

test('whose frames come late is marked while more of them do, and a little longer', () => {
  const lags = new Lags();
  assert.equal(lags.update([of('ann', 0), of('ben', 0)], 0), false);
  assert.equal(lags.update([of('ann', 0), of('ben', 3)], 500), true);
  assert.deepEqual([lags.has('ann', 'camera'), lags.has('ben', 'camera'), lags.has('ben', 'microphone')], [false, true, false]);
  assert.equal(lags.update([of('ann', 0), of('ben', 9)], 3000), false, 'it goes on');
  assert.equal(lags.update([of('ann', 0), of('ben', 9)], 5900), false);
  assert.equal(lags.has('ben', 'camera'), true);
  assert.equal(lags.update([of('ann', 0), of('ben', 9)], 6000), true);
  assert.equal(lags.has('ben', 'camera'), false);
});

test('what was late of one who has gone is not held against who comes next', () => {
  const lags = new Lags();
  lags.update([of('7', 50)], 0);
  assert.equal(lags.has('7', 'camera'), true);
  lags.update([], 500);
  assert.equal(lags.has('7', 'camera'), false);
  lags.update([of('7', 0)], 1000);
  assert.equal(lags.has('7', 'camera'), false);
});

test('streams without such a count, and those of nobody, are never marked', () => {
  const lags = new Lags();
  assert.equal(lags.update([{direction: 'send'}, {direction: 'receive', occupant: null, lagging: 0}, of('ann', undefined)], 0), false);
});
