import assert from 'node:assert/strict';
import {test} from 'node:test';
import {load} from './load.mjs';

const {arrange, bestGrid, gridPlaces, pictureHeight} = await load('ui/layout.ts');
const LAPTOP = {left: 0, top: 0, width: 1256, height: 664};
const PHONE = {left: 0, top: 0, width: 374, height: 720};

function overlap(a, b) {
  return a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
}

for (const [name, area] of Object.entries({laptop: LAPTOP, phone: PHONE})) {
  test(`1 to 16 tiles on a ${name} lie inside the area, apart, and large enough to see a face`, () => {
    for (let count = 1; count <= 16; count++) {
      const places = gridPlaces(count, area);
      assert.equal(places.length, count);
      for (const place of places) {
        assert.ok(place.left >= 0 && place.top >= 0, `${count}: ${JSON.stringify(place)}`);
        assert.ok(place.left + place.width <= area.width + 1 && place.top + place.height <= area.height + 1, String(count));
        assert.ok(place.height >= 75 && place.width >= 75, `${count}: ${place.width}x${place.height}`);
      }
      for (let i = 0; i < count; i++) for (let j = 0; j < i; j++) assert.ok(!overlap(places[i], places[j]), `${count}: ${i} ${j}`);
    }
  });
}

test('the columns are those a person would choose', () => {
  assert.equal(bestGrid(3, LAPTOP).columns, 2);
  assert.equal(bestGrid(4, LAPTOP).columns, 2);
  assert.equal(bestGrid(12, LAPTOP).columns, 4);
  assert.equal(bestGrid(4, PHONE).columns, 2);
  assert.equal(bestGrid(12, PHONE).columns, 3);
});

test('alone, one sees oneself; of two, oneself is in the corner of the other', () => {
  assert.equal(arrange(0, 0, LAPTOP).mode, 'alone');
  for (const area of [LAPTOP, PHONE]) {
    const {mode, places: [other, self]} = arrange(0, 1, area);
    assert.equal(mode, 'pair');
    assert.ok(overlap(other, self));
    assert.ok(self.width * self.height < other.width * other.height / 5);
  }
  assert.equal(arrange(0, 2, LAPTOP).mode, 'grid');
});

test('a shared screen gets most of the room and everybody else a strip', () => {
  for (const area of [LAPTOP, PHONE]) {
    const {mode, places} = arrange(1, 3, area);
    assert.equal(mode, 'screen');
    assert.equal(places.length, 5);
    const [screen, ...people] = places;
    for (const person of people) {
      assert.ok(person.width * person.height < screen.width * screen.height / 2);
      assert.ok(!overlap(screen, person));
    }
  }
});

test('an area without a size gives no negative tiles', () => {
  for (const place of gridPlaces(3, {left: 0, top: 0, width: 5, height: 5})) assert.ok(place.width >= 0 && place.height >= 0);
});

test('a wide tile wants as much picture as fills it', () => {
  assert.equal(pictureHeight({width: 1600, height: 100}), 900);
  assert.equal(pictureHeight({width: 90, height: 120}), 120);
});
