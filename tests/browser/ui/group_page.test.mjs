// The call's page around the group: keys, reactions, hands, notices, a phone, contrast.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { until } from '../support/until.mjs';
import { enter, fine, groupCallPages, hear, put, tell, wishes } from './group_call.mjs';
import { faintTexts, namelessControls } from './readable.mjs';

const open = groupCallPages();
const BEN = ['1', 'Ben'];
const PHONE = { width: 390, height: 844 };
const tile = (page, name) => page.getByRole('list', { name: 'Participants' }).getByRole('listitem', { name });
const panel = (page, name) => page.getByRole('complementary', { name });
const hasFocus = (locator) => locator.evaluate((element) => element === document.activeElement);

test('c, p and h open the chat, list people and raise a hand, but not while one types; Escape gives the focus back', async () => {
  const page = await open({}, BEN);
  await page.getByRole('button', { name: 'Mute' }).focus();
  await page.keyboard.press('c');
  const input = page.getByLabel('Message to everybody');
  await until('one can write at once', () => hasFocus(input));
  await page.keyboard.type('cph');
  assert.equal(await input.inputValue(), 'cph');
  await page.keyboard.press('Escape');
  await until('the focus is back', () => hasFocus(page.getByRole('button', { name: 'Mute' })));
  await page.keyboard.press('p');
  await panel(page, 'People').waitFor();
  await page.keyboard.press('Escape');
  await until('closed', async () => await panel(page, 'People').count() === 0);
  assert.deepEqual(await wishes(page), []);
  await page.keyboard.press('h');
  await page.getByRole('button', { name: 'Lower hand', pressed: true }).waitFor();
  await tile(page, /^You, hand raised/).waitFor();
  assert.equal((await wishes(page))[0][1].handRaised, true);
  await page.keyboard.press('h');
  await page.getByRole('button', { name: 'Raise hand', pressed: false }).waitFor();
  await fine(page);
});

test('raised hands are on the tiles, and in the list in the order in which they were raised', async () => {
  const page = await open({}, BEN, ['2', 'Cem'], ['3', 'Dora']);
  await put(page, '3', 'Dora', { marks: { handRaised: true } });
  await put(page, '1', 'Ben', { marks: { handRaised: true } });
  await tile(page, /^Dora, hand raised/).getByRole('img', { name: 'Hand raised' }).waitFor();
  await page.keyboard.press('p');
  const rows = page.getByRole('list', { name: 'In the room' }).getByRole('listitem');
  await until('in their order', async () => (await rows.allInnerTexts()).map((text) => /Ann|Ben|Cem|Dora/.exec(text)[0]).join() === 'Ann,Dora,Ben,Cem');
  assert.ok(await rows.nth(1).getByRole('img', { name: 'Hand raised, number 1' }).isVisible());
  assert.deepEqual(await page.evaluate(() => demo.announced), ['Dora raises a hand.', 'Ben raises a hand.']);
  await fine(page);
});

test('a reaction floats over the tile of who shows it, and goes by itself', async () => {
  const page = await open({}, BEN);
  await page.keyboard.press('r');
  await page.getByRole('group', { name: 'Reactions' }).getByRole('button', { name: 'Applause' }).click();
  await tile(page, /^You/).getByRole('img', { name: 'Ann: 👏' }).waitFor();
  await tell(page, 'reaction', { id: '1', reaction: '🎉' });
  const bens = tile(page, /^Ben/).getByRole('img', { name: 'Ben: 🎉' });
  await bens.waitFor();
  assert.equal(await page.getByRole('group', { name: 'Reactions' }).isVisible(), false);
  assert.deepEqual(await wishes(page), [['react', '👏']]);
  await until('it is gone', async () => await bens.count() === 0);
  await page.keyboard.press('r');
  await page.keyboard.press('Escape');
  await until('the bar is closed', async () => !await page.getByRole('group', { name: 'Reactions' }).isVisible());
  await fine(page);
});

test('a new link is told, copied as the new one, and then no more spoken of', async () => {
  const page = await open({}, BEN);
  const link = `1.${'B'.repeat(42)}A`;
  await tell(page, 'linkChanged', { generation: 1, fragment: link });
  await page.getByRole('status').getByText('The link has changed; the old one no longer works. Copy the new one.').waitFor();
  await page.getByRole('button', { name: 'Copy new link' }).click();
  await until('copied', async () => (await page.evaluate(() => navigator.clipboard.readText())).endsWith(`#${link}`));
  await until('no more of it', async () => await page.getByTestId('banner').count() === 0);
  await fine(page);
});

test('being let in, long in vain, and coming back are said in words', async () => {
  const page = await open({ group: false });
  await page.evaluate(() => demo.admission('joining'));
  await page.getByRole('status').getByText('Being let in…').waitFor();
  await page.evaluate(() => demo.admission('asked'));
  await page.getByRole('status').getByText('A moderator has been asked').waitFor();
  assert.equal(await page.getByText(/link may be wrong/).isVisible(), false);
  await page.evaluate(() => demo.admission('locked'));
  await page.getByRole('status').getByText('This room is locked').waitFor();
  await page.evaluate(() => demo.admission('unanswered'));
  await page.getByText('Nobody answers', { exact: true }).waitFor();
  for (const reason of [/link may be wrong, or an old one/, /may not be reachable, or the server holds messages back/]) await page.getByText(reason).waitFor();
  assert.equal(await page.getByText('Nobody else is here yet').isVisible(), false);
  await page.evaluate(() => demo.admission('in'));
  await enter(page, {}, BEN);
  await until('no more of it', async () => !await page.getByText('Nobody answers', { exact: true }).isVisible());
  await page.evaluate(() => demo.group.enter('rejoining'));
  await page.getByRole('status').getByText('You have dropped out of the room. Coming back…').waitFor();
  await fine(page);
});

test('whoever is heard by nobody, or has no encryption, is told before everything else', async () => {
  const page = await open({}, BEN);
  await tell(page, 'joinRequested', { endpoint: 'e', identity: '00', name: 'Cem', standing: 'new' });
  await tell(page, 'heardByOthers', { heard: false });
  await page.getByRole('status').getByText(/Nobody hears you at the moment/).waitFor();
  await tell(page, 'heardByOthers', { heard: true });
  await page.getByRole('status').getByText('Cem asks to be let in.').waitFor();
  await tell(page, 'roomChanged', { joinPolicy: 'knock', mediaEncrypted: false, permanent: false, moderator: true });
  await page.getByRole('status').getByText(/switched encryption off/).waitFor();
  await fine(page);
});

test('who was removed learns why, and is offered no way back by the dead link', async () => {
  const page = await open({}, BEN);
  await page.evaluate(() => demo.end('kicked'));
  await page.getByRole('heading', { name: 'You were removed from the call' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Join again' }).count(), 0);
  await fine(page);
});

test('with keys of the link alone there is no chat, and the page says what is missing', async () => {
  const page = await open({ group: false });
  for (const name of ['Chat', 'React', 'Raise hand']) assert.equal(await page.getByRole('button', { name }).count(), 0);
  for (const key of 'cphr') await page.keyboard.press(key);
  await page.keyboard.press('l');
  assert.match(await panel(page, 'Encryption').innerText(), /There is no chat here, nobody can be removed, and nobody can be verified/);
  assert.equal(await page.getByText('Is everybody who they say?').count(), 0);
  await fine(page);
});

test('with a group the page says what its keys promise, and what not', async () => {
  const page = await open({}, BEN);
  await page.keyboard.press('l');
  const text = await panel(page, 'Encryption').innerText();
  assert.match(text, /who comes later nothing that was sent before/);
  assert.match(text, /A name is what a person has typed/);
  assert.doesNotMatch(text, /gets the link later can open the recording/);
  await fine(page);
});

const PANELS = { c: 'Chat', p: 'People', l: 'Encryption' };
const crowd = async (options) => {
  const page = await open(options, ['1', 'Ben', { standing: 'verified' }], ['2', 'Dora', { standing: 'changed', marks: { handRaised: true } }],
    ['3', 'Eve', { reachability: 'unconfirmed' }], ['4', 'F'.repeat(60), { reachability: 'unreachable', marks: { microphoneMuted: true, cameraOff: true } }]);
  await tell(page, 'joinRequested', { endpoint: 'e', identity: '00', name: 'Hanna', standing: 'new' });
  await tell(page, 'removalsPending', { names: ['Ben'] });
  await hear(page, '1', `https://good.example/${'x'.repeat(200)}`, { missing: 1 });
  await tell(page, 'codeShown', { code: '01020304050607', symbols: Array.from('1234567', () => ({ emoji: '🔑', word: 'strawberry' })), participants: ['0', '1'] });
  return page;
};

for (const dark of [false, true]) {
  test(`in ${dark ? 'the dark' : 'the light'} every text stands out from what is behind it, and every control has a name`, async () => {
    const page = await crowd({ dark });
    for (const [key, name] of Object.entries(PANELS)) {
      await page.keyboard.press(key);
      await panel(page, name).waitFor();
      assert.deepEqual(await page.evaluate(faintTexts), [], name);
      assert.deepEqual(await page.evaluate(namelessControls), [], name);
      await page.getByRole('button', { name: 'Close' }).click();
    }
    await fine(page);
  });
}

test('on a phone every panel fits, and what the row has no room for is under More', async () => {
  const page = await crowd(PHONE);
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  assert.ok(await fits());
  for (const control of await page.getByRole('toolbar').getByRole('button').all()) {
    const { x, y, width, height } = await control.boundingBox();
    assert.ok(x >= 0 && y >= 0 && x + width <= PHONE.width && y + height <= PHONE.height && Math.min(width, height) >= 44);
  }
  for (const [key, name] of Object.entries(PANELS)) {
    await page.keyboard.press(key);
    const box = await panel(page, name).boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= PHONE.width && box.y >= 0 && box.y + box.height <= PHONE.height, name);
    assert.ok(await panel(page, name).evaluate((element) => element.querySelector('.panel-body').scrollWidth <= element.clientWidth), name);
    await page.getByRole('button', { name: 'Close' }).click();
  }
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'Raise hand' }).click();
  await until('it is raised', async () => (await wishes(page)).some(([wish, marks]) => wish === 'setMarks' && marks.handRaised));
  await page.getByRole('button', { name: 'More' }).click();
  await panel(page, 'More').getByRole('button', { name: 'People' }).click();
  await panel(page, 'People').waitFor();
  await fine(page);
});
