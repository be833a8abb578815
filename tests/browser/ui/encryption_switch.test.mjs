// Encryption as a moderator's choice: asked about before it goes off, told to all, and in words that say
// what it means.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { until } from '../support/until.mjs';
import { enter, fine, groupCallPages, tell, wishes } from './group_call.mjs';

const open = groupCallPages();
const BEN = ['1', 'Ben', { moderator: true }];
const CEM = ['2', 'Cem'];
const room = (page, more) => tell(page, 'roomChanged', { joinPolicy: 'open', mediaEncrypted: true, permanent: false, moderator: true, by: null, ...more });
const asked = (page, wish) => until(`the group is asked for ${wish}`, async () => (await wishes(page)).find(([name]) => name === wish));
const button = (page, name) => page.getByRole('button', { name, exact: true });
const section = (page) => page.getByTestId('encryption-switch');

for (const [size, view] of [['a desk', {}], ['a phone', { width: 390, height: 844, dark: true }]]) {
  test(`a moderator reads what it means before encryption goes off, on ${size}`, async () => {
    const page = await open(view, BEN);
    await room(page);
    await page.getByTestId('lock').click();
    await button(page, 'Switch encryption off…').click();
    await button(page, 'Keep it on').click();
    assert.deepEqual(await wishes(page), []);
    assert.equal(await page.evaluate(() => document.activeElement?.dataset.testid), 'encryption-off', 'the focus is where it was');
    await button(page, 'Switch encryption off…').click();
    assert.match(await section(page).innerText(), /the server can hear and see this call, for everybody[^]*Everybody is told that it was you/);
    await fine(page);
  });

  test(`while it is off, the page says so everywhere and claims nothing else, on ${size}`, async () => {
    const page = await open(view, BEN);
    await room(page);
    await page.getByTestId('lock').click();
    await button(page, 'Switch encryption off…').click();
    await button(page, 'Switch it off for everybody').click();
    assert.deepEqual(await asked(page, 'setMediaEncrypted'), ['setMediaEncrypted', false]);
    await room(page, { mediaEncrypted: false, by: '0' });
    await page.getByRole('status').getByText('You switched encryption off: the server can hear and see this call.').waitFor();
    const panel = await page.getByTestId('security-panel').innerText();
    assert.match(panel, /It can see[^]*What you say, and what your camera or screen shows, while encryption is off/);
    assert.match(panel, /under whose name it is shown, is the server’s word/);
    assert.doesNotMatch(panel, /cannot see\s+What you say/);
    await fine(page);
  });
}

test('it is switched on again at once, and that is said', async () => {
  const page = await open({}, BEN);
  await room(page, { mediaEncrypted: false });
  await page.getByRole('status').getByText('A moderator switched encryption off: the server can hear and see this call.').waitFor();
  await button(page, 'Switch it on').click();
  await button(page, 'Switch encryption on').click();
  assert.deepEqual(await asked(page, 'setMediaEncrypted'), ['setMediaEncrypted', true]);
  await room(page, { by: '0' });
  await page.getByRole('status').getByText('You switched encryption on again.').waitFor();
  assert.match(await page.getByTestId('security-panel').innerText(), /cannot see\s+What you say/);
  await fine(page);
});

test('who is no moderator is told who could, and who did', async () => {
  const page = await open({}, BEN, CEM);
  await enter(page, { moderator: false }, BEN, CEM);
  await room(page, { moderator: false });
  await page.keyboard.press('l');
  assert.match(await section(page).innerText(), /On, for everybody. Only a moderator could switch it off \(Ben\), and you would be told at once/);
  assert.equal(await section(page).getByRole('button').count(), 0);
  await room(page, { moderator: false, mediaEncrypted: false, by: '1' });
  await page.getByRole('status').getByText('Ben switched encryption off: the server can hear and see this call.').waitFor();
  assert.match(await section(page).innerText(), /Only a moderator can switch it on again \(Ben\)/);
  assert.equal(await section(page).getByRole('button').count(), 0);
  await fine(page);
});

test('a room can be kept encrypted for good, after a question, and then nobody is offered to switch it off', async () => {
  const page = await open({}, BEN);
  await room(page);
  await page.keyboard.press('l');
  await button(page, 'Keep it on for good…').click();
  assert.match(await section(page).innerText(), /This cannot be taken back/);
  await button(page, 'Keep it on for good').click();
  assert.deepEqual(await asked(page, 'makePermanent'), ['makePermanent']);
  await room(page, { permanent: true, by: '0' });
  await section(page).getByText('On, for good: nobody can switch it off in this room.').waitFor();
  assert.equal(await section(page).getByRole('button').count(), 0);
  await fine(page);
});

test('a question that was left open is closed with the panel, and when another moderator was quicker', async () => {
  const page = await open({}, BEN);
  await room(page);
  for (const away of ['p', 'l']) {
    await page.keyboard.press('l');
    await button(page, 'Switch encryption off…').click();
    await page.keyboard.press('Escape');
    await page.keyboard.press(away);
    await page.keyboard.press('Escape');
  }
  await page.keyboard.press('l');
  await button(page, 'Switch encryption off…').click();
  await room(page, { mediaEncrypted: false, by: '1' });
  await page.getByRole('status').getByText(/^Ben switched encryption off/).waitFor();
  assert.equal(await page.getByTestId('encryption-question').isVisible(), false);
  assert.deepEqual(await wishes(page), []);
  await fine(page);
});
