// Who is in the room, as a person sees it, and what moderators can do about it.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { until } from '../support/until.mjs';
import { enter, fine, groupCallPages, put, tell, wishes } from './group_call.mjs';

const open = groupCallPages();
const BEN = ['1', 'Ben'];
const identityOf = (name) => Buffer.from(name).toString('hex').padEnd(64, '0');
const personOf = (page, name) => page.getByRole('list', { name: 'In the room' }).getByRole('listitem').filter({ hasText: name });
const textsOf = (page) => page.getByRole('list', { name: 'In the room' }).getByRole('listitem').allInnerTexts();
const actOn = (page, name) => page.getByRole('button', { name: `What to do about ${name}` }).click();
const asked = (page, wish) => until(`the group is asked for ${wish}`, async () => (await wishes(page)).find(([name]) => name === wish));

test('everybody of the group is listed: who it is, how they stand, what they have muted', async () => {
  const page = await open({}, ['1', 'Ben', { standing: 'verified', moderator: true }], ['2', 'Cem', { standing: 'pinned', marks: { microphoneMuted: true } }],
    ['3', 'Dora', { standing: 'changed' }], ['4', 'Eve', { reachability: 'unconfirmed' }], ['5', 'Frank', { reachability: 'unreachable' }],
    ['6', 'Gul', { caughtUp: false }]);
  await page.getByRole('button', { name: /7 people/ }).click();
  const texts = await textsOf(page);
  assert.equal(texts.length, 7);
  for (const [name, expected] of [['Ann', /You[^]*Moderator/], ['Ben', /Moderator[^]*Verified/], ['Cem', /Known/], ['Dora', /Not the one who had this name[^]*Ask them/],
    ['Eve', /Not heard yet[^]*Nothing of theirs is shown or played/], ['Frank', /Not reachable/], ['Gul', /May not hear you/]]) {
    assert.match(texts.find((text) => text.includes(name)), expected);
  }
  assert.ok(await personOf(page, 'Cem').getByRole('img', { name: 'Muted' }).isVisible());
  assert.equal(await page.getByTestId('people-count').innerText(), '7');
  await put(page, '4', 'Eve');
  await until('Eve has been heard', async () => !/Not heard/.test(await personOf(page, 'Eve').innerText()));
  await page.evaluate(() => demo.group.gone('5'));
  await until('Frank is gone', async () => (await textsOf(page)).every((text) => !text.includes('Frank')));
  await fine(page);
});

test('two of one name are told apart, and a name that hides its direction is shown plainly', async () => {
  const page = await open({}, BEN, ['2', 'ben', { identity: 'f'.repeat(64) }], ['3', 'A\u202enna', {}]);
  await page.keyboard.press('p');
  assert.equal(await page.getByText('Somebody else here has the same name').count(), 2);
  assert.ok(await personOf(page, 'Anna').isVisible());
  await fine(page);
});

test('a removal is asked for only after a person has read that the link changes', async () => {
  const page = await open({}, BEN);
  await page.keyboard.press('p');
  await actOn(page, 'Ben');
  await page.getByRole('button', { name: 'Remove…' }).click();
  assert.match(await page.getByRole('alert').filter({ hasText: 'Remove Ben?' }).innerText(), /link changes/);
  await page.getByRole('button', { name: 'Cancel' }).click();
  assert.deepEqual(await wishes(page), []);
  await page.getByRole('button', { name: 'Remove…' }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  // With whom the page showed, not only where it sat.
  assert.deepEqual(await asked(page, 'kick'), ['kick', '1', { identity: identityOf('Ben') }]);
  await tell(page, 'removalsPending', { names: ['Ben'] });
  await page.getByTestId('removals').getByText('Being removed: Ben. Until that is confirmed, they may still hear you.').waitFor();
  await fine(page);
});

test('who is no moderator is offered no removal, no role and no say in who comes', async () => {
  const page = await open({ group: false });
  await enter(page, { moderator: false }, BEN);
  await page.keyboard.press('p');
  await actOn(page, 'Ben');
  assert.deepEqual(await personOf(page, 'Ben').getByRole('button').allInnerTexts(), ['', 'Compare fingerprints']);
  assert.equal(await page.getByLabel('Who can join').isVisible(), false);
  assert.match(await page.getByTestId('join-policy-text').innerText(), /everybody who has the link/);
  await fine(page);
});

test('a moderator is made after a question, and is then offered no more', async () => {
  const page = await open({}, BEN);
  await page.keyboard.press('p');
  await actOn(page, 'Ben');
  await page.getByRole('button', { name: 'Make moderator' }).click();
  assert.match(await page.getByRole('alert').filter({ hasText: 'moderator?' }).innerText(), /cannot be taken back/);
  await page.getByRole('button', { name: 'Make moderator' }).click();
  assert.deepEqual(await asked(page, 'makeModerator'), ['makeModerator', '1', { identity: identityOf('Ben') }]);
  await put(page, '1', 'Ben', { moderator: true });
  await until('Ben is one', async () => /Moderator/.test(await personOf(page, 'Ben').innerText()));
  await actOn(page, 'Ben');
  assert.equal(await page.getByRole('button', { name: 'Make moderator' }).count(), 0);
  await fine(page);
});

test('a changed identity stays marked until a person says that they know why', async () => {
  const page = await open({}, ['1', 'Ben', { standing: 'changed' }]);
  assert.ok(await page.getByRole('button', { name: /2 people, something to look at/ }).isVisible());
  await page.keyboard.press('p');
  await page.getByRole('button', { name: 'I know why' }).click();
  assert.deepEqual((await asked(page, 'acceptChange')).slice(0, 2), ['acceptChange', '1']);
  await put(page, '1', 'Ben', { standing: 'pinned' });
  await until('no mark', async () => await page.getByText('Not the one who had this name before').count() === 0);
  await fine(page);
});

test('who waits outside is announced, shown by name, and let in or turned away', async () => {
  const page = await open({}, BEN);
  for (const name of ['Hanna', 'Ivo']) await tell(page, 'joinRequested', { endpoint: name, identity: '00', name, standing: 'new' });
  assert.deepEqual(await page.evaluate(() => demo.announced), ['Hanna asks to be let in.', 'Ivo asks to be let in.']);
  await page.getByRole('status').getByText('2 people ask to be let in.').waitFor();
  await page.getByRole('button', { name: 'Answer' }).click();
  await page.getByRole('button', { name: 'Admit Hanna' }).click();
  await page.getByRole('button', { name: 'Turn Ivo away' }).click();
  await until('nobody waits', async () => !await page.getByText('Waiting to be let in').isVisible());
  assert.deepEqual((await wishes(page)).slice(-2), [['admit', 'Hanna'], ['turnAway', 'Ivo']]);
  await fine(page);
});

test('a moderator says who can join; what the group has not granted is not shown as so', async () => {
  const page = await open({}, BEN);
  await page.keyboard.press('p');
  const choice = page.getByLabel('Who can join');
  await choice.selectOption('Whom a moderator lets in');
  assert.deepEqual(await asked(page, 'setJoinPolicy'), ['setJoinPolicy', 'knock']);
  await tell(page, 'roomChanged', { joinPolicy: 'knock', mediaEncrypted: true, permanent: true, moderator: true });
  assert.equal(await choice.inputValue(), 'knock');
  await page.evaluate(() => { demo.group.refusing = 'not-now'; });
  await choice.selectOption('Nobody');
  await until('the old answer is back', async () => await choice.inputValue() === 'knock');
  await page.getByText('That is not possible at the moment.').waitFor();
  await fine(page);
});

test('an open menu and the focus stay while others come and go', async () => {
  const page = await open({}, ['3', 'Ben']);
  await page.keyboard.press('p');
  await actOn(page, 'Ben');
  const compare = page.getByRole('button', { name: 'Compare fingerprints' });
  await until('it has the focus', () => compare.evaluate((button) => button === document.activeElement));
  await put(page, '1', 'Cem');
  await put(page, '2', 'Dora', { marks: { handRaised: true } });
  await until('Dora is first', async () => (await textsOf(page))[1]?.includes('Dora'));
  assert.ok(await compare.evaluate((button) => button === document.activeElement));
  await fine(page);
});

test('a question about one is not answered for another who has taken the place', async () => {
  const page = await open({}, BEN);
  await page.keyboard.press('p');
  await actOn(page, 'Ben');
  await page.getByRole('button', { name: 'Remove…' }).click();
  await page.evaluate(() => {
    demo.group.gone('1');
    demo.group.put(demo.member('1', 'Cem'));
  });
  await personOf(page, 'Cem').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Remove', exact: true }).count(), 0);
  assert.deepEqual(await wishes(page), []);
  await fine(page);
});
