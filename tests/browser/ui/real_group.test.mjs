// Two and three people in a real call: what one of them does in the group, the others see on their pages.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { startBridge } from '../support/bridge.mjs';
import { agreeOnTheGroup, withPeople } from '../support/participant.mjs';
import { until } from '../support/until.mjs';

const QUERY = 'debug=1&capture=320x180@15';

async function together(names, body) {
  const bridge = await startBridge();
  try {
    await withPeople(async (open) => {
      const { url } = bridge.link();
      const people = await Promise.all(names.map((name, index) => open(url, { name, id: 21 * (index + 1), query: QUERY })));
      for (const [index, person] of people.entries()) {
        await person.join();
        await agreeOnTheGroup(people.slice(0, index + 1));
      }
      await body(people, { open, url });
      for (const { errors } of people) assert.deepEqual(errors, []);
    });
  } finally {
    await bridge.stop();
  }
}

const log = ({ page }) => page.getByRole('log', { name: 'Messages' });
const tile = ({ page }, name) => page.getByRole('list', { name: 'Participants' }).getByRole('listitem', { name });
const row = ({ page }, name) => page.getByRole('list', { name: 'In the room' }).getByRole('listitem').filter({ hasText: name });

test('they write, react and raise hands; the one who comes later is given none of it', () => together(['Ann', 'Ben'], async ([ann, ben], { open, url }) => {
  await ann.page.getByRole('button', { name: 'Chat' }).click();
  await ann.page.getByLabel('Message to everybody').fill('hello Ben');
  await ann.page.keyboard.press('Enter');
  await log(ann).getByText('Delivered', { exact: true }).waitFor();
  await ben.page.getByRole('button', { name: 'Chat, one unread message' }).click();
  await log(ben).getByText('hello Ben').waitFor();
  await ben.page.keyboard.press('Escape');
  await ben.page.keyboard.press('h');
  await tile(ann, /^Ben, .*hand raised/).waitFor();
  await ann.page.keyboard.press('Escape');
  await ann.page.getByRole('button', { name: 'React' }).click();
  await ann.page.getByRole('button', { name: 'Applause' }).click();
  await tile(ben, /^Ann/).getByRole('img', { name: 'Ann: 👏' }).waitFor();
  await ben.page.keyboard.press('m');
  await tile(ann, /^Ben, .*muted/).waitFor();

  const cat = await open(url, { name: 'Cat', id: 84, query: QUERY });
  await cat.join();
  await agreeOnTheGroup([ann, ben, cat]);
  await tile(cat, /^Ben, .*hand raised/).waitFor();
  await cat.page.getByRole('button', { name: 'Chat' }).click();
  await cat.page.getByText('Nobody has written anything since you came.').waitFor();
  assert.equal(await log(cat).getByRole('listitem').count(), 0);
}));

test('all see the same code, and whoever said so is verified from then on', () => together(['Ann', 'Ben'], async ([ann, ben]) => {
  await ann.page.keyboard.press('l');
  const start = ann.page.getByRole('button', { name: 'Show the code' });
  await until('Ben has been heard', () => start.isEnabled());
  await start.click();
  await ben.page.getByRole('button', { name: 'Show it' }).click();
  const words = async ({ page }) => (await page.getByRole('list', { name: 'Code of the call' }).getByRole('listitem').allInnerTexts()).join();
  await until('a code', async () => (await words(ann)) !== '');
  assert.equal(await words(ann), await words(ben));
  await ann.page.getByRole('button', { name: 'All of us see the same' }).click();
  await ann.page.getByText('Verified, in this call and in later ones: Ben.').waitFor();
  await tile(ann, /^Ben, Verified/).waitFor();
  assert.equal(await tile(ben, /Verified/).count(), 0, 'Ben has not said so');
}));

test('who is removed is told so, the link in the address changes, and the old one lets nobody in', () => together(['Ann', 'Ben'], async ([ann, ben], { url }) => {
  await ann.page.keyboard.press('p');
  await row(ann, 'Ben').getByRole('button', { name: 'What to do about Ben' }).click();
  await ann.page.getByRole('button', { name: 'Remove…' }).click();
  await ann.page.getByRole('button', { name: 'Remove', exact: true }).click();
  await ben.page.getByRole('heading', { name: 'You were removed from the call' }).waitFor();
  await ann.page.getByText('The link has changed; the old one no longer works. Copy the new one.').waitFor();
  await until('Ben is gone from the list', async () => await row(ann, 'Ben').count() === 0);
  assert.match(new URL(ann.page.url()).hash, /^#1\./);
  await ben.page.goto('about:blank');
  await ben.page.goto(`${url.replace('#', `?${QUERY}#`)}`);
  await ben.join();
  await ben.get('entering').getByText('Nobody answers', { exact: true }).waitFor();
  assert.deepEqual(await ann.roster(), ['Ann']);
}));

test('where a moderator decides, who comes waits until admitted', () => together(['Ann'], async ([ann], { open, url }) => {
  await ann.page.keyboard.press('p');
  await ann.page.getByLabel('Who can join').selectOption('Whom a moderator lets in');
  await until('the group says so', () => ann.page.evaluate(() => document.querySelector('[data-testid=join-policy]').closest('label').dataset.waiting === 'false'));
  const ben = await open(url, { name: 'Ben', id: 42, query: QUERY });
  await ben.join();
  await ben.page.getByText('Being let in…').first().waitFor();
  await ann.page.getByRole('button', { name: 'Admit Ben' }).click();
  await agreeOnTheGroup([ann, ben]);
  await tile(ann, /^Ben/).waitFor();
}));
