// The page as people find it, without a second person: links, lobby, keys, phone, policy.
import {test} from 'node:test';
import assert from 'node:assert/strict';
import {startBridge} from '../support/bridge.mjs';
import {withPeople} from '../support/participant.mjs';
import {until} from '../support/until.mjs';

const PHONE = {width: 390, height: 844};

async function onBridge(body) {
  const bridge = await startBridge();
  try {
    await withPeople((open) => body(open, bridge));
  } finally {
    await bridge.stop();
  }
}

// Whatever the page's own policy refused, from the first moment on.
const watchPolicy = `window.refused = [];
  addEventListener('securitypolicyviolation', (event) => window.refused.push(event.violatedDirective + ' ' + event.blockedURI));`;

async function fitsWidth(page) {
  return page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
}

test('the start page makes a room with a fresh secret, and opens a pasted link', () => onBridge(async (open, bridge) => {
  const ann = await open(`${bridge.origin}/`, {name: 'Ann', initScript: watchPolicy});
  await ann.get('start-button').click();
  await ann.get('lobby').waitFor();
  const first = ann.page.url();
  assert.match(first, /\/r\/[a-z]+-[a-z]+-\d{4}#0\.[A-Za-z0-9_-]{43}$/);
  await ann.page.goto(`${bridge.origin}/`);
  await ann.get('link-input').fill('not a link');
  await ann.get('open-link-button').click();
  assert.match(await ann.get('link-problem').innerText(), /no link/);
  await ann.get('link-input').fill(first.slice(0, -5));
  await ann.page.keyboard.press('Enter');
  assert.match(await ann.get('link-problem').innerText(), /incomplete/);
  await ann.get('link-input').fill(` ${first} `);
  await ann.page.keyboard.press('Enter');
  await ann.get('lobby').waitFor();
  assert.equal(ann.page.url(), first);
  assert.deepEqual(await ann.page.evaluate(() => window.refused), []);
  assert.deepEqual(ann.errors, []);
}));

test('a link without its key says so and lets nobody in', () => onBridge(async (open, bridge) => {
  const ann = await open(`${bridge.origin}/r/quiet-otter-4821`, {name: 'Ann'});
  await ann.get('start-page').waitFor();
  assert.match(await ann.page.locator('h1').innerText(), /incomplete/);
  assert.equal(await ann.get('join-button').count(), 0);
}));

test('keys mute, stop the camera and open panels; Escape closes them; typing a name does not', () => onBridge(async (open, bridge) => {
  const ann = await open(bridge.link().url, {id: 21, query: 'debug=1', initScript: watchPolicy});
  await ann.get('name-input').fill('');
  await ann.get('name-input').pressSequentially('mv sd');
  ann.name = 'mv sd';
  await ann.page.waitForFunction(() => document.querySelector('[data-testid=lobby-preview]').videoWidth > 0);
  await ann.join();
  await ann.get('stage').waitFor();
  const self = async () => (await ann.tiles()).find((tile) => tile.self);
  assert.equal((await self()).name, 'mv sd');
  assert.equal((await self()).muted, 'false');
  await ann.page.keyboard.press('m');
  await until('muted', async () => (await self()).muted === 'true');
  await ann.page.keyboard.press('v');
  await until('camera off', async () => (await self()).picture === null);
  await ann.page.keyboard.press('v');
  await until('camera on', async () => (await self()).picture === 21);
  await ann.page.keyboard.press('l');
  await ann.get('security-panel').waitFor();
  assert.match(await ann.get('security-panel').innerText(), /cannot see/);
  await ann.page.keyboard.press('Escape');
  await until('the panel is gone', async () => await ann.get('security-panel').count() === 0);
  assert.deepEqual(await ann.page.evaluate(() => window.refused), []);
  assert.deepEqual(ann.errors, []);
}));

test('every control has a name that a screen reader can say, and comings are announced', () => onBridge(async (open, bridge) => {
  const {url} = bridge.link();
  const ann = await open(url, {name: 'Ann', id: 21});
  await ann.join();
  await ann.get('stage').waitFor();
  const nameless = await ann.page.evaluate(() => [...document.querySelectorAll('button, input, select, a')]
      .filter((element) => !(element.getAttribute('aria-label') || element.textContent.trim() || element.labels?.length))
      .map((element) => element.outerHTML.slice(0, 80)));
  assert.deepEqual(nameless, []);
  await ann.page.evaluate(() => {
    window.said = [];
    new MutationObserver((changes) => {
      for (const change of changes) for (const node of change.addedNodes) window.said.push(node.textContent);
    }).observe(document.querySelector('[data-testid=announcer]'), {childList: true});
  });
  const ben = await open(url, {name: 'Ben', id: 42});
  await ben.join();
  await until('Ben is announced', async () => (await ann.page.evaluate(() => window.said)).includes('Ben is here.'));
  await ben.get('leave-button').click();
  await ben.get('ended').waitFor();
  await until('his leaving too', async () => (await ann.page.evaluate(() => window.said)).includes('Ben left.'));
}));

test('on a phone nothing is wider than the screen and the controls are there to touch', () => onBridge(async (open, bridge) => {
  const ann = await open(bridge.link().url, {name: 'Ann', id: 21});
  await ann.page.setViewportSize(PHONE);
  assert.ok(await fitsWidth(ann.page));
  const join = await ann.get('join-button').boundingBox();
  assert.ok(join.y + join.height <= PHONE.height, 'Join without scrolling');
  await ann.join();
  await ann.get('stage').waitFor();
  assert.ok(await fitsWidth(ann.page));
  for (const control of ['mic-toggle', 'camera-toggle', 'leave-button', 'lock', 'copy-link']) {
    const box = await ann.get(control).boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= PHONE.width && box.y + box.height <= PHONE.height, control);
    assert.ok(box.height >= 36 && box.width >= 36, `${control} is large enough: ${box.width}x${box.height}`);
  }
}));

test('without permission the lobby says what to do, and one can join', () => onBridge(async (open, bridge) => {
  const zoe = await open(bridge.link().url, {name: 'Zoe', permissions: false});
  await until('the reason', async () => /Allow/.test(await zoe.get('microphone-problem').innerText()));
  await zoe.join();
  await zoe.get('stage').waitFor();
  assert.deepEqual(zoe.errors, []);
}));

for (const keys of ['', '?keys=link']) test(`the copied link has the key${keys && ` and ${keys}`}, and none of the switches for tests`, () => onBridge(async (open, bridge) => {
  const url = bridge.link().url.replace('#', `${keys}#`);
  const ann = await open(url, {name: 'Ann', id: 21, query: 'debug=1'});
  await ann.page.context().grantPermissions(['clipboard-read', 'clipboard-write', 'camera', 'microphone']);
  await ann.join();
  await ann.get('copy-link').click();
  await until('the link is in the clipboard', async () => await ann.page.evaluate(() => navigator.clipboard.readText()) === url);
}));
