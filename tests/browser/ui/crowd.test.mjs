// The page of a call with hundreds in it: a page of tiles and of rows, and everybody can be found.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { until } from '../support/until.mjs';
import { fine, groupCallPages, put } from './group_call.mjs';

const open = groupCallPages();
const CROWD = Array.from({ length: 300 }, (_, index) => [String(index + 1), `Guest ${index + 1}`]);
const tiles = (page) => page.getByTestId('tile').count();
const rows = (page) => page.getByTestId('member-list').locator('> li').count();

for (const [device, size, most] of [['desk', { width: 1280, height: 800 }, 25], ['phone', { width: 390, height: 844 }, 18]]) {
  test(`of three hundred a ${device} shows a page of tiles, and says how many more there are`, async () => {
    const page = await open(size, ...CROWD);
    const more = page.getByTestId('more-people');
    await more.waitFor();
    const shown = await tiles(page);
    assert.ok(shown >= 6 && shown < most, `${shown} tiles`);
    assert.equal(await more.innerText(), `and ${301 - shown} more`);
    assert.equal(await page.locator('.tile[data-self="true"]').count(), 1, 'oneself is among them');
    const outside = await page.evaluate(() => [...document.querySelectorAll('.stage .tile')].filter((tile) => {
      const { left, top, right, bottom } = tile.getBoundingClientRect(), stage = document.querySelector('.stage').getBoundingClientRect();
      return left < stage.left - 1 || top < stage.top - 1 || right > stage.right + 1 || bottom > stage.bottom + 1 || right - left < 40;
    }).length);
    assert.equal(outside, 0, 'all tiles lie on the stage, none too small to see');
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/crowd_${device}.png` });
    await more.click();
    await until('the first page of people', async () => await rows(page) === 50);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/crowd_people_${device}.png` });
    await page.getByTestId('people-rest').click();
    await until('the next one', async () => await rows(page) === 100);
    await page.getByRole('searchbox', { name: 'Find somebody' }).fill('guest 299');
    await until('whom one looks for', async () => await rows(page) === 1);
    assert.match(await page.getByTestId('member-list').innerText(), /Guest 299/);
    await fine(page);
  });
}

test('who raises a hand has a tile, however late they came, and the roster is drawn for a crowd in good time', async () => {
  const page = await open({}, ...CROWD);
  await page.getByTestId('more-people').waitFor();
  assert.equal(await page.locator('.tile[data-name="Guest 300"]').count(), 0);
  await put(page, '300', 'Guest 300', { marks: { handRaised: true } });
  await page.locator('.tile[data-name="Guest 300"]').waitFor();
  await page.keyboard.press('p');
  assert.match(await page.getByTestId('member-list').locator('> li').nth(1).innerText(), /Guest 300/);
  await fine(page);
});

test('in a small room nothing is left out, and nobody is looked for', async () => {
  const page = await open({}, ...CROWD.slice(0, 12));
  await until('all tiles', async () => await tiles(page) === 13);
  assert.equal(await page.getByTestId('more-people').count(), 0);
  await page.keyboard.press('p');
  await until('all rows', async () => await rows(page) === 13);
  assert.equal(await page.getByTestId('people-search').isVisible(), false);
  await fine(page);
});

test('whose connection has gone is shown as leaving until the group says so', async () => {
  const page = await open({}, ...CROWD.slice(0, 2));
  const tile = page.locator('.tile[data-name="Guest 1"]');
  await page.evaluate(() => {
    demo.call.model.apply({ type: 'endpoint-joined', endpoint: 'endpoint-Guest 1', tracks: [] });
    demo.call.model.apply({ type: 'endpoint-left', endpoint: 'endpoint-Guest 1' });
    demo.call.redraw();
  });
  await until('it is said', async () => /Leaving/.test(await tile.getAttribute('aria-label')));
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/leaving.png` });
  await page.evaluate(() => demo.group.gone('1'));
  await until('the tile is gone', async () => await tile.count() === 0);
  await fine(page);
});
