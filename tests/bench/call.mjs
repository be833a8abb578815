// From the click on Join to the first decoded remote frame; the bridge's CPU and memory.
// Two people are in the room; a third joins twenty times, each time with a fresh page.
import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { startBridge } from '../browser/support/bridge.mjs';
import { Participant, withPeople } from '../browser/support/participant.mjs';
import { jsonPath, percentile, report } from './report.mjs';

const JOINS = Number(process.env.SOTTO_BENCH_JOINS ?? 20);

// Runs in the page: notes the click and the first picture of somebody else.
const stopwatch = `{
  addEventListener('click', (event) => {
    if (event.target.closest?.('[data-testid=join-button]')) window.joinClicked ??= event.timeStamp;
  }, true);
  const look = () => {
    for (const video of document.querySelectorAll('[data-testid=tile]:not([data-self=true]) [data-testid=tile-video]')) {
      if (!video.watched) {
        video.watched = true;
        video.requestVideoFrameCallback((now) => { window.firstPicture ??= performance.now(); });
      }
    }
    if (!window.firstPicture) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}`;

const clockTicks = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / clockTicks;
}
function rssKb(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
}
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const file = jsonPath(process.argv);
const bridge = await startBridge();
try {
  await withPeople(async (open) => {
    const rssEmpty = rssKb(bridge.pid);
    const { url } = bridge.link();
    // The others only make the room: small windows leave the machine to the one that is measured.
    const viewport = { width: 480, height: 320 };
    const ann = await open(url, { name: 'Ann', id: 21, query: 'debug=1', viewport });
    const ben = await open(url, { name: 'Ben', id: 42, query: 'debug=1', viewport });
    await ann.join();
    await ben.join();
    await ann.sees(ben);
    await ben.sees(ann);

    const warm = await open(url, { name: 'Cat', id: 84, query: 'debug=1' });
    const { browser } = warm;
    await warm.page.close(); // or its lobby's camera would run beside every measured one
    const times = [];
    let rssFull = 0;
    for (let i = 0; i < JOINS; i++) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      await context.addInitScript(stopwatch);
      const page = await context.newPage();
      const cat = new Participant(browser, page, 'Cat', 84);
      const address = new URL(url);
      address.searchParams.set('debug', '1');
      await page.goto(address.href);
      await cat.get('lobby-preview').waitFor();
      await page.waitForFunction(() => document.querySelector('[data-testid=lobby-preview]')?.videoWidth > 0);
      await cat.join();
      await page.waitForFunction(() => window.firstPicture, undefined, { timeout: 30000 });
      times.push(await page.evaluate(() => window.firstPicture - window.joinClicked));
      rssFull = Math.max(rssFull, rssKb(bridge.pid));
      await context.close();
    }

    await sleep(2000);
    const before = { cpu: cpuSeconds(bridge.pid), health: await bridge.health() };
    await sleep(10000);
    const after = { cpu: cpuSeconds(bridge.pid), health: await bridge.health() };
    const packets = after.health.packets.rtpForwarded - before.health.packets.rtpForwarded;

    console.log(`joins in ms: ${times.map((ms) => ms.toFixed(0)).join(' ')}`);
    console.log(`${packets} packets forwarded in 10 s for ${((after.cpu - before.cpu) * 1000).toFixed(0)} ms of CPU; ` +
      `RSS ${rssEmpty} KB empty, ${rssFull} KB with 3 people`);
    report('call', [
      { id: 'join_ms_p50', value: percentile(times, 0.5), unit: 'ms', better: 'lower', goal: 500 },
      { id: 'join_ms_p95', value: percentile(times, 0.95), unit: 'ms', better: 'lower', goal: 1000 },
      { id: 'bridge_us_per_packet', value: (after.cpu - before.cpu) * 1e6 / packets, unit: 'us', better: 'lower' },
      { id: 'bridge_rss_kb_per_participant', value: (rssFull - rssEmpty) / 3, unit: 'KB', better: 'lower' },
    ], file);
  });
} finally {
  await bridge.stop();
}
