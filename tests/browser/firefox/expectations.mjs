// What holds in an honest call, whatever the browsers.
import assert from 'node:assert/strict';
import { until } from '../support/until.mjs';

// Browsers deliver a few frames twice, and probe the bandwidth with empty ones; a new picture waits
// for its key frame; and what comes before its sender has been heard waits for that. What was sent
// before one came has a key that one does not get; and before one is in, there is no key to send with.
const EVERYDAY = ['replayed', 'empty', 'awaiting-key-frame', 'unknown-key', 'claim-mismatch', 'expired-key'];

// Both ways, sound and picture: sealed by the one, opened by the other, nothing passed by.
export async function everythingIsSealed(person) {
  await person.isEncrypted();
  const streams = await until(`${person.name} sends and receives sound and pictures`, async () => {
    const found = await person.stats();
    const frames = (direction, kind) => found.filter((stream) => stream.direction === direction && stream.kind === kind)
      .reduce((sum, stream) => sum + stream.frames, 0);
    return ['send', 'receive'].every((direction) => ['audio', 'video'].every((kind) => frames(direction, kind) > 20)) ? found : { ok: false, found };
  });
  for (const stream of streams) {
    for (const cause of Object.keys(stream.drops)) {
      assert.ok(EVERYDAY.includes(cause) || (cause === 'no-key' && stream.direction === 'send'), `${cause}: ${JSON.stringify(stream)}`);
    }
  }
  assert.deepEqual(person.errors, []);
}

// What the bridge relays, by the browser's own count: as many frames decoded as the module opened.
// A decoder that got a frame past the module would be ahead.
export async function nothingPassesTheModule(person) {
  const decoded = await until(`${person.name} decodes pictures`, async () => {
    const reports = await person.page.evaluate(() => window.__sotto.rtc('inbound-rtp'));
    const frames = reports.filter(({ kind }) => kind === 'video').reduce((sum, report) => sum + (report.framesDecoded ?? 0), 0);
    return frames > 20 && frames;
  });
  const opened = (await person.stats()).filter(({ direction, kind }) => direction === 'receive' && kind === 'video')
    .reduce((sum, stream) => sum + stream.frames, 0);
  assert.ok(decoded <= opened, `${person.name}: ${decoded} frames decoded, ${opened} opened`);
}

export async function usesOnly(person, codec) {
  const used = await person.page.evaluate(() => window.__sotto.codecs());
  const video = used.filter((mime) => /^video/i.test(mime) && !/rtx|red|ulpfec/i.test(mime));
  assert.deepEqual(video.map((mime) => mime.toLowerCase()), [`video/${codec.toLowerCase()}`]);
}
