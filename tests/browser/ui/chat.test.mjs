// What people write to each other, as they see it.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { until } from '../support/until.mjs';
import { fine, groupCallPages, LINK, hear, tell, wishes } from './group_call.mjs';

const open = groupCallPages();
const BEN = ['1', 'Ben'];
const log = (page) => page.getByRole('log', { name: 'Messages' });
const write = async (page, text) => {
  await page.getByLabel('Message to everybody').fill(text);
  await page.keyboard.press('Enter');
};

test('Enter sends; a message is delivered when the group says so; a refused one is kept for another try', async () => {
  const page = await open({}, BEN);
  await page.keyboard.press('c');
  await write(page, 'Hello everybody');
  await log(page).getByText('Hello everybody').waitFor();
  await log(page).getByText('Sending…').waitFor();
  assert.equal(await page.getByLabel('Message to everybody').inputValue(), '');
  await tell(page, 'chatDelivered', { number: 1 });
  await log(page).getByText('Delivered', { exact: true }).waitFor();
  await page.evaluate(() => { demo.group.refusing = 'busy'; });
  await write(page, 'And again');
  await page.getByRole('alert').getByText('This could not be sent.').waitFor();
  assert.equal(await log(page).getByText('And again').count(), 0);
  assert.equal(await page.getByLabel('Message to everybody').inputValue(), 'And again', 'what was written is kept');
  await page.keyboard.press('Enter');
  await log(page).getByText('And again').waitFor();
  await page.evaluate((link) => {
    demo.group.enter('rejoining');
    demo.group.enter('in');
    demo.group.tell('linkChanged', { generation: 0, fragment: link });
  }, LINK);
  await log(page).getByText('Perhaps not delivered').waitFor();
  assert.deepEqual(await wishes(page), [['say', 'Hello everybody'], ['say', 'And again']]);
  await fine(page);
});

test('Shift and Enter begin a line; nothing empty and nothing too long is sent', async () => {
  const page = await open({}, BEN);
  await page.keyboard.press('c');
  await page.getByLabel('Message to everybody').pressSequentially('one');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('two');
  await page.getByRole('button', { name: 'Send' }).click();
  await until('both lines are sent', async () => (await wishes(page)).some(([, text]) => text === 'one\ntwo'));
  await write(page, '   ');
  await write(page, 'ä'.repeat(2100));
  await page.getByRole('alert').getByText('too long').waitFor();
  assert.equal((await wishes(page)).length, 1);
  await fine(page);
});

test('unread messages are counted on the button and announced, until the chat is open', async () => {
  const page = await open({}, BEN);
  await hear(page, '1', 'first');
  await hear(page, '1', 'second');
  await page.getByRole('button', { name: 'Chat, 2 unread messages' }).click();
  await log(page).getByText('second').waitFor();
  await page.getByRole('button', { name: 'Chat', exact: true }).waitFor();
  assert.deepEqual(await page.evaluate(() => demo.announced), ['Ben writes: first', 'Ben writes: second']);
  await page.keyboard.press('Escape');
  await hear(page, '1', 'third');
  await page.getByRole('button', { name: 'Chat, one unread message' }).waitFor();
  await fine(page);
});

test('what others write is text: no markup, no script, no link that leads elsewhere', async () => {
  const page = await open({}, BEN);
  await page.keyboard.press('c');
  await hear(page, '1', '<img src=x onerror="window.hacked=1"><b>bold</b>');
  await hear(page, '1', 'see https://good.example/page, not javascript:alert(1) or https://bank.example@evil.example/');
  await log(page).getByText('<b>bold</b>').waitFor();
  assert.equal(await log(page).locator('img, b').count(), 0);
  const links = await log(page).getByRole('link').evaluateAll((all) => all.map(({ href, rel, target }) => ({ href, rel, target })));
  assert.deepEqual(links, [{ href: 'https://good.example/page', rel: 'noopener noreferrer', target: '_blank' }]);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  await fine(page);
});

test('a gap is shown where it is, and so is a sender who is not the one of before', async () => {
  const page = await open({}, BEN, ['2', 'Dora', { standing: 'changed' }]);
  await page.keyboard.press('c');
  await hear(page, '1', 'and therefore no', { missing: 2 });
  await hear(page, '1', 'I agree', { unseen: true });
  await hear(page, '2', 'it is me');
  await log(page).getByText('2 messages from Ben before this one never came.').waitFor();
  await log(page).getByText('written after a message that you have not got').waitFor();
  assert.ok(await log(page).getByRole('img', { name: 'Not the one who had this name before' }).isVisible());
  assert.match(await page.getByTestId('chat-panel').innerText(), /Whoever comes later is given nothing of it/);
  await fine(page);
});

test('whoever reads further up is not pulled down, and long words do not widen the page', async () => {
  const page = await open({ width: 390, height: 844 }, BEN);
  for (let i = 0; i < 40; i++) await hear(page, '1', `line ${i} ${'x'.repeat(200)}`);
  await page.getByRole('button', { name: /Chat/ }).click();
  await log(page).getByText('line 39').waitFor();
  await log(page).evaluate((element) => { element.scrollTop = 0; });
  await hear(page, '1', 'the last one');
  await page.getByRole('button', { name: 'New messages' }).waitFor();
  assert.equal(await log(page).evaluate((element) => element.scrollTop), 0);
  await page.getByRole('button', { name: 'New messages' }).click();
  await until('the end is in view', () => log(page).evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight < 5));
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
  await fine(page);
});
