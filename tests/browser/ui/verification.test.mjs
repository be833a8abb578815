// Comparing a code with everybody, and fingerprints with one.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { until } from '../support/until.mjs';
import { fine, groupCallPages, put, tell, wishes } from './group_call.mjs';

const open = groupCallPages();
const BEN = ['1', 'Ben'];
const WORDS = ['dog', 'rocket', 'umbrella', 'guitar', 'strawberry', 'anchor', 'key'];
const CODE = { code: '01020304050607', symbols: WORDS.map((word) => ({ emoji: '🔑', word })), participants: ['0', '1'] };
const panel = (page) => page.getByRole('complementary', { name: 'Encryption' });

test('alone there is nothing to compare; with others a code, in words too, by who takes part', async () => {
  const page = await open();
  await page.keyboard.press('l');
  assert.ok(await panel(page).getByRole('button', { name: 'Show the code' }).isDisabled());
  await put(page, ...BEN);
  await put(page, '2', 'Cem', { reachability: 'unconfirmed' });
  await panel(page).getByRole('button', { name: 'Show the code' }).click();
  await panel(page).getByText('Waiting for everybody’s browser…').waitFor();
  await tell(page, 'codeShown', CODE);
  const items = panel(page).getByRole('list', { name: 'Code of the call' }).getByRole('listitem');
  await until('seven words', async () => (await items.allInnerTexts()).map((text) => text.split('\n').at(-1)).join() === WORDS.join());
  assert.match(await panel(page).innerText(), /Taking part: you and Ben\. Not: Cem\./);
  assert.deepEqual(await wishes(page), [['startCode']]);
  await fine(page);
});

test('only "all of us see the same" verifies', async () => {
  const page = await open({}, BEN);
  await tell(page, 'codeShown', CODE);
  await page.getByRole('status').getByText('There is a code to compare.').waitFor();
  await page.getByRole('button', { name: 'Show it' }).click();
  await panel(page).getByRole('button', { name: 'No, they differ' }).click();
  await panel(page).getByText(/somebody may be in between/).waitFor();
  assert.deepEqual(await wishes(page), []);
  await tell(page, 'codeShown', CODE);
  const yes = panel(page).getByRole('button', { name: 'All of us see the same' });
  await yes.waitFor();
  assert.ok(await yes.isDisabled(), 'nobody has compared what has just appeared');
  await yes.click();
  await panel(page).getByText('Verified, in this call and in later ones: Ben.').waitFor();
  assert.deepEqual(await wishes(page), [['confirmCode', CODE.code]]);
  await fine(page);
});

test('two fingerprints stand side by side in groups of five, and count when a person says that they match', async () => {
  const page = await open({}, BEN);
  await page.keyboard.press('p');
  await page.getByRole('button', { name: 'What to do about Ben' }).click();
  await page.getByRole('button', { name: 'Compare fingerprints' }).click();
  const sides = page.getByRole('complementary', { name: 'Compare fingerprints' }).getByRole('figure');
  await until('both are there', async () => (await sides.allInnerTexts()).every((text) => (text.match(/\b\d{5}\b/g) ?? []).length === 6));
  assert.match((await sides.allInnerTexts()).join(), /You[^]*Ben/);
  const [mine, theirs] = await Promise.all([0, 1].map((side) => sides.nth(side).boundingBox()));
  assert.ok(mine.y === theirs.y && mine.x + mine.width <= theirs.x, 'side by side');
  await page.getByRole('button', { name: 'They match' }).click();
  await page.getByText('Ben is verified, in this call and in later ones.').waitFor();
  assert.deepEqual((await wishes(page)).map((wish) => wish.slice(0, 2)), [['confirmFingerprint', '1']]);
  await fine(page);
});

test('fingerprints that differ verify nobody; nor can one confirm who has left, or another in the same place', async () => {
  const page = await open({}, BEN);
  const compare = async () => {
    await page.getByRole('button', { name: /people/ }).click();
    await page.getByRole('button', { name: /What to do about/ }).click();
    await page.getByRole('button', { name: 'Compare fingerprints' }).click();
  };
  await compare();
  await page.getByRole('button', { name: 'They differ' }).click();
  await page.getByText(/this is not Ben/).waitFor();
  await compare();
  await page.getByRole('button', { name: 'They match' }).waitFor();
  await page.evaluate(() => demo.group.gone('1'));
  await put(page, '1', 'Mallory');
  await until('there is nothing to confirm', async () => !await page.getByRole('button', { name: 'They match' }).isVisible());
  assert.deepEqual(await wishes(page), []);
  await fine(page);
});

test('a verified and a changed member are marked on their tiles', async () => {
  const page = await open({}, ['1', 'Ben', { standing: 'verified' }], ['2', 'Dora', { standing: 'changed' }], ['3', 'Eve', { reachability: 'unconfirmed' }]);
  const tiles = page.getByRole('list', { name: 'Participants' });
  await tiles.getByRole('listitem', { name: /^Ben, Verified/ }).waitFor();
  await tiles.getByRole('listitem', { name: /^Dora, Not the one who had this name before/ }).waitFor();
  const eve = tiles.getByRole('listitem', { name: /^Eve, Not heard yet/ });
  await eve.getByText('Not heard yet').waitFor();
  assert.equal(await eve.getByTitle('Muted').isVisible(), false, 'nobody knows whether she is');
  await fine(page);
});
