// Who has a tile in a room of hundreds.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {load} from './load.mjs';

const {mostTiles, onStage} = await load('ui/on_stage.ts');
const tile = (key, more = {}) => ({key, self: false, group: 'camera', shown: false, waiting: false, handRaised: false, ...more});
const SELF = tile('self', {self: true});
const crowd = (count) => Array.from({length: count}, (_, index) => tile(String(index)));
const keys = (tiles) => tiles.map(({key}) => key);

test('where there is a place for everybody, everybody has one', () => {
  const all = [...crowd(24), SELF];
  assert.deepEqual(onStage(all, 25, []), {shown: all, hidden: []});
});

test('of hundreds, a page has a tile, one place says how many have none, and nobody is lost', () => {
  const all = [...crowd(300), SELF];
  const {shown, hidden} = onStage(all, 25, []);
  assert.equal(shown.length, 24);
  assert.equal(hidden.length, 277);
  assert.deepEqual(keys(shown), [...keys(crowd(23)), 'self'], 'who came first, in order, and oneself');
  assert.deepEqual(new Set([...keys(shown), ...keys(hidden)]), new Set(keys(all)));
});

test('who speaks has a tile, then who sends a picture or raises a hand; the others stay in their places', () => {
  const all = [...crowd(300), SELF];
  all[150] = tile('150', {shown: true});
  all[200] = tile('200', {handRaised: true});
  const {shown} = onStage(all, 6, ['299', '7']);
  assert.deepEqual(keys(shown), ['7', '150', '200', '299', 'self']);
  assert.deepEqual(keys(onStage(all, 6, ['299', '7', '8', '9', '10']).shown), ['7', '8', '9', '299', 'self'], 'who spoke last, before who spoke first');
});

test('a shared screen is always there', () => {
  const all = [tile('screen', {group: 'screen'}), ...crowd(50), SELF];
  assert.deepEqual(keys(onStage(all, 6, ['40', '41', '42', '43', '44', '45']).shown), ['screen', '40', '41', '42', 'self']);
});

test('a phone has fewer than a desk, and no stage has hundreds', () => {
  const phone = mostTiles({width: 390, height: 640}), desk = mostTiles({width: 1280, height: 660});
  assert.ok(phone >= 6 && phone <= 16 && phone < desk, `${phone} and ${desk}`);
  assert.equal(mostTiles({width: 10_000, height: 10_000}), 25);
  assert.equal(mostTiles({width: 100, height: 100}), 6);
  assert.equal(mostTiles({width: 0, height: 0}), 25, 'not laid out yet');
});
