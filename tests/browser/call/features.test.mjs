// What people do in a call: mute, camera off and on, share a screen, leave, come without a camera.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { startBridge } from '../support/bridge.mjs';
import { hears } from '../support/meeting.mjs';
import { withPeople } from '../support/participant.mjs';
import { until } from '../support/until.mjs';

async function inRoom(names, body, options = {}) {
  const bridge = await startBridge();
  try {
    await withPeople(async (open) => {
      const { url } = bridge.link();
      const people = await Promise.all(names.map((name, index) => open(url, { name, id: 21 << index, query: 'debug=1', ...options[name] })));
      for (const person of people) await person.join();
      await body(people, { bridge, open, url });
    });
  } finally {
    await bridge.stop();
  }
}

test('mute and camera off are seen and heard by the others, and so is their end', () =>
  inRoom(['Ann', 'Ben'], async ([ann, ben]) => {
    await ann.sees(ben);
    await hears(ann, ben);
    await ben.get('mic-toggle').click();
    await until('Ben is marked as muted', async () => (await ann.tileOf('Ben')).muted === 'true');
    await until('Ann hears nothing', async () => ({ ok: await ann.hears(ben) === null }));
    await ben.get('mic-toggle').click();
    await hears(ann, ben);
    await ben.get('camera-toggle').click();
    await until("Ben's tile shows no picture", async () => (await ann.tileOf('Ben')).picture === null);
    await ben.get('camera-toggle').click();
    await ann.sees(ben);
    await ann.isEncrypted();
  }));

test('a shared screen is a further tile, and goes when it ends', () =>
  inRoom(['Ann', 'Ben'], async ([ann, ben]) => {
    await ann.sees(ben);
    await ben.get('share-toggle').click();
    const screenOf = async () => (await ann.tiles()).find((tile) => tile.group === 'screen');
    await until('Ann sees the screen move', async () => { const tile = await screenOf(); return { ok: tile?.frames > 5, tile }; });
    await ann.sees(ben);
    await ben.get('share-toggle').click();
    await until("the screen's tile is gone", async () => !await screenOf());
    await ann.sees(ben);
  }, { Ben: { args: ['--auto-select-desktop-capture-source=Entire screen'] } }));

test('without camera and microphone one can still join, see and hear', () =>
  inRoom(['Ann'], async ([ann], { open, url }) => {
    const zoe = await open(url, { name: 'Zoe', permissions: false, query: 'debug=1' });
    await zoe.join();
    await zoe.sees(ann);
    await until('Ann sees that Zoe is there', async () => !!await ann.tileOf('Zoe'));
    await ann.isEncrypted();
  }));

test('whoever leaves is gone from every page, and whoever closes the window too', () =>
  inRoom(['Ann', 'Ben', 'Cat'], async ([ann, ben, cat]) => {
    await Promise.all([ann.sees(ben), ann.sees(cat)]);
    await ben.get('leave-button').click();
    await until("Ben's tile is gone", async () => !await ann.tileOf('Ben'));
    await cat.page.close({ runBeforeUnload: true });
    await until("Cat's tile is gone", async () => !await ann.tileOf('Cat'));
    assert.equal((await ann.tiles()).length, 1);
  }));

test('when the bridge is stopped, people are told', () =>
  inRoom(['Ann'], async ([ann], { bridge }) => {
    await until('Ann is in the call', async () => (await ann.tiles()).length === 1);
    const ended = await bridge.stop();
    assert.deepEqual(ended, { code: 0, signal: null });
    await until('the page says that the call has ended', async () => (await ann.get('ended').count()) > 0
      || (await ann.get('banner').count()) > 0);
  }));
