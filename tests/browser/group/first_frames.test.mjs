// How long after its Welcome a newcomer sees the first picture of everybody: three people send, a fourth
// joins several times. The control is a room on a link's keys, where the keys are at hand before the join:
// what that takes is the machine's and WebRTC's, not the group's. Its joins lie between the group's, and
// of both the lower quartile counts: whatever else two cores have to do only ever adds to a time.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Participant } from '../support/participant.mjs';
import { until } from '../support/until.mjs';
import { inRoom, QUERY } from './call.mjs';

const GOAL_MS = 500;
const JOINS = 4; // at a time; twice into the group, and into the control between
const OF_CONTROL = 1.25; // where pictures take this machine longer than the goal, whatever the keys
const WELCOME = 3;

const VIEWPORT = { width: 480, height: 320 };

// Runs in the newcomer's page: when it was told that it has joined, when its Welcome came, and the first picture
// in each tile of somebody else.
const stopwatch = `{
  window.times = { joined: null, welcome: null, pictures: {} };
  const Native = WebSocket;
  window.WebSocket = class extends Native {
    constructor(...rest) {
      super(...rest);
      this.addEventListener('message', ({ data }) => {
        if (typeof data === 'string' && JSON.parse(data).type === 'joined') times.joined ??= performance.now();
        if (typeof data !== 'string' && new Uint8Array(data)[0] === ${WELCOME}) times.welcome ??= performance.now();
      });
    }
  };
  const look = () => {
    for (const tile of document.querySelectorAll('[data-testid=tile]:not([data-self=true])')) {
      const video = tile.querySelector('[data-testid=tile-video]');
      if (!video || video.watched) continue;
      video.watched = true;
      video.requestVideoFrameCallback(() => { times.pictures[tile.dataset.name] ??= performance.now(); });
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}`;

const lowerQuartile = (values) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 4)];

async function timesOfJoins(browser, url, names, query) {
  const found = [];
  for (let join = 0; join < JOINS; join++) {
    const context = await browser.newContext({ viewport: VIEWPORT });
    try {
      await context.addInitScript(stopwatch);
      const page = await context.newPage();
      const dan = new Participant(browser, page, 'Dan', 168);
      await page.goto(url.replace('#', `?${query}#`));
      await page.waitForFunction(() => document.querySelector('[data-testid=lobby-preview]')?.videoWidth > 0);
      await dan.join();
      found.push(await until('a picture of everybody', async () => {
        const { joined, welcome, pictures } = await page.evaluate(() => window.times);
        const seen = names.every((name) => pictures[name] !== undefined);
        return { ok: seen, joined, welcome, last: Math.max(...Object.values(pictures)), pictures };
      }, { timeout: 40_000 }));
      for (const name of names) assert.ok((await dan.tileOf(name)).picture !== null, `the picture of ${name} is whole`);
    } finally {
      await context.close();
    }
  }
  return found;
}

// The three move there, and see each other.
async function allGoTo(people, url, query) {
  await Promise.all(people.map(async (person) => {
    await person.page.goto(url.replace('#', `?${query}#`));
    await person.join();
  }));
  await Promise.all(people.map((person, i) => person.sees(people[(i + 1) % people.length])));
}

test('a newcomer sees everybody within half a second of its Welcome', () => inRoom(async ({ bridge, link, mia, open }) => {
  const people = await Promise.all([['Ann', 21], ['Ben', 42], ['Cat', 84]].map(([name, id]) => open(name, id, { viewport: VIEWPORT })));
  const names = people.map(({ name }) => name);
  const warm = await open('Dan', 168);
  await warm.page.close(); // its browser is what is wanted
  const elsewhere = bridge.link(), withLink = `${QUERY}&keys=link`;

  const group = [];
  await allGoTo(people, link.url, QUERY);
  group.push(...await timesOfJoins(warm.browser, link.url, names, QUERY));
  assert.ok((await mia.group.members()).length >= 4);
  await allGoTo(people, elsewhere.url, withLink);
  const control = await timesOfJoins(warm.browser, elsewhere.url, names, withLink);
  await allGoTo(people, link.url, QUERY);
  group.push(...await timesOfJoins(warm.browser, link.url, names, QUERY));

  const fromWelcome = group.map(({ welcome, last }) => last - welcome);
  const fromJoined = group.map(({ joined, last }) => last - joined);
  const withKeys = control.map(({ joined, last }) => last - joined);
  const listed = (values) => values.map((value) => value.toFixed(0)).join(' ');
  console.log(`to the last of three first pictures, ms: from the Welcome ${listed(fromWelcome)}; from having joined ${listed(fromJoined)}; ` +
    `with a link's keys, from having joined ${listed(withKeys)}`);
  assert.ok(group.every(({ welcome }) => welcome !== null) && control.every(({ welcome }) => welcome === null));
  const bound = Math.max(GOAL_MS, lowerQuartile(withKeys) * OF_CONTROL);
  const reached = lowerQuartile(fromWelcome);
  assert.ok(reached <= bound, `${reached.toFixed(0)} ms, of ${bound.toFixed(0)} on this machine`);
}));
