// Every codec through the module in a real browser, both ways to the frames: what is shown and
// heard is what was sent, and the encoder answers a request for a key frame as it does without us.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { until } from '../support/until.mjs';
import { events, loopback, see, start, stats, together, untilSeenAndHeard } from './loopback.mjs';

const { withPage } = loopback();
const CODECS = ['video/VP8', 'video/VP9', 'video/H264', 'video/AV1'];

// What must not happen to a single frame of an honest call.
const QUIET = ['replayed', 'empty'];
function onlyQuiet(streams) {
  for (const stream of streams) {
    for (const cause of Object.keys(stream.drops)) assert.ok(QUIET.includes(cause), `${cause}: ${JSON.stringify(stream)}`);
  }
}

together('every codec', () => {
  for (const codec of CODECS) {
    test(`without the module ${codec} and Opus are seen and heard (control)`, () => withPage(async (page) => {
      await start(page, { codec, sealed: false });
      assert.equal((await untilSeenAndHeard(page)).codec, codec);
    }));

    for (const via of ['script-transform', 'encoded-streams']) {
      test(`${codec} and Opus are seen and heard through the module by ${via}`, () => withPage(async (page) => {
        await start(page, { codec, via });
        const seen = await untilSeenAndHeard(page);
        assert.equal(seen.codec, codec);
        const [sent, received] = [await stats(page, 'alice'), await stats(page, 'bob')];
        onlyQuiet([...sent, ...received]);
        for (const { frames } of [...sent, ...received]) assert.ok(frames >= 20, JSON.stringify([sent, received]));
        const occupants = (await events(page, 'bob')).filter(({ type }) => type === 'occupant');
        assert.deepEqual(occupants.map(({ source }) => source).sort(), ['camera', 'microphone']);
      }));
    }

    test(`a receiver's request brings a new key frame of ${codec} through the module`, () => withPage(async (page) => {
      await start(page, { codec });
      const before = await untilSeenAndHeard(page);
      // A claim of somebody else and back empties the slot: the next picture needs a key frame.
      await page.evaluate(() => {
        call.bob.e2ee.claim('v0', null);
        call.bob.e2ee.claim('v0', { endpoint: ALICE, source: 'camera' });
      });
      await until('a second key frame, decoded', async () => {
        const seen = await see(page);
        return { ...seen, ok: seen.keyFrames > before.keyFrames && seen.decoded > before.decoded + 5 };
      });
      const video = (await stats(page, 'bob')).find(({ kind }) => kind === 'video');
      assert.ok(video.drops['awaiting-key-frame'] > 0, 'delta frames of the new occupant were kept back');
    }));
  }

  test('Opus in RED is heard through the module', () => withPage(async (page) => {
    await start(page, { red: true });
    await untilSeenAndHeard(page);
    const [first] = await page.evaluate(() => call.microphone.sender.getParameters().codecs);
    assert.equal(first.mimeType, 'audio/red');
    const voice = (await stats(page, 'alice')).find(({ kind }) => kind === 'audio');
    // Statistics name the codec within; what tells is that each frame carries the one before as well.
    assert.ok(voice.bytes / voice.frames > 130, `${voice.bytes / voice.frames} bytes a frame; Opus alone has 80`);
    onlyQuiet(await stats(page, 'bob'));
  }));
});
