// A tile's new name comes with the new occupant's first displayed picture.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {load} from './load.mjs';

const {FirstPictures, LONGEST_BUFFER_MS} = await load('media/first_picture.ts');

// `display(timestamp)` shows a picture to whoever watches; `timers` are those that were set.
function screen() {
  const watchers = new Set(), timers = [];
  const pictures = new FirstPictures(
      (_track, onPicture) => (watchers.add(onPicture), () => watchers.delete(onPicture)),
      (ms, action) => (timers.push({ms, action}), () => timers.splice(0)));
  return {pictures, watchers, timers, display: (timestamp) => [...watchers].forEach((watcher) => watcher(timestamp))};
}

test('what is still displayed of the one before keeps the old name', () => {
  const {pictures, display, watchers} = screen();
  let shown = 0;
  pictures.expect('v0', {}, {rtpTimestamp: 9000, after: 7000}, () => shown++);
  display(4000);
  display(7000);
  assert.equal(shown, 0);
  display(9000);
  assert.equal(shown, 1);
  assert.equal(watchers.size, 0, 'and nobody watches any longer');
});

test('a first picture that was skipped is followed by others', () => {
  const {pictures, display} = screen();
  let shown = 0;
  pictures.expect('v0', {}, {rtpTimestamp: 0xfffffff0, after: 0xfffff000}, () => shown++);
  display(0xfffff000);
  assert.equal(shown, 0);
  display(100); // over the wrap
  assert.equal(shown, 1);
});

test('a newer change replaces one that still waits', () => {
  const {pictures, display, watchers} = screen();
  const shown = [];
  pictures.expect('v0', {}, {rtpTimestamp: 9000, after: 7000}, () => shown.push('ben'));
  pictures.expect('v0', {}, {rtpTimestamp: 12000, after: 9000}, () => shown.push('cat'));
  assert.equal(watchers.size, 1);
  display(9000);
  assert.deepEqual(shown, []);
  display(12000);
  assert.deepEqual(shown, ['cat']);
});

test('when time goes back only the end of every buffer tells', () => {
  const {pictures, timers, watchers} = screen();
  let shown = 0;
  pictures.expect('v0', {}, {rtpTimestamp: 5000, after: 7000}, () => shown++);
  assert.equal(watchers.size, 0);
  assert.deepEqual(timers.map(({ms}) => ms), [LONGEST_BUFFER_MS]);
  timers[0].action();
  assert.equal(shown, 1);
});

test('a browser that does not say which picture it displays is believed at the next one', () => {
  const {pictures, display} = screen();
  let shown = 0;
  pictures.expect('v0', {}, {rtpTimestamp: 9000, after: 7000}, () => shown++);
  display(undefined);
  assert.equal(shown, 1);
});

test('nothing waits after the call', () => {
  const {pictures, watchers, display} = screen();
  let shown = 0;
  pictures.expect('v0', {}, {rtpTimestamp: 9000, after: 7000}, () => shown++);
  pictures.clear();
  assert.equal(watchers.size, 0);
  display(9000);
  assert.equal(shown, 0);
});
