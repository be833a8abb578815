// What the sizes of sealed audio tell whoever carries it: with concealSpeech() nothing of when
// somebody speaks, without it all.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { concealSpeechIn } from './inside.mjs';
import { loopback, together } from './loopback.mjs';

const { withPage } = loopback();
const LEVEL = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level';

const record = (page, conceal) => page.evaluate(async (hidden) => {
  const { recordSpeech } = await import('./speech.js');
  const frames = [];
  const received = (frame) => {
    if ('type' in frame) return [frame];
    // Without the counter in the SFrame header, which grows with the call (RFC 9605 section 4.3).
    const config = new Uint8Array(frame.data)[0], counter = config & 8 ? (config & 7) + 1 : 0;
    frames.push({ size: frame.data.byteLength - counter, level: frame.getMetadata().audioLevel ?? null });
    return [frame];
  };
  window.call = await startCall({ via: 'encoded-streams', conceal: hidden, app: { passphrase: 'hush' }, alter: { received } });
  const heard = await recordSpeech(call, frames, 150);
  return { heard, descriptions: [call.from.localDescription.sdp, call.to.localDescription.sdp], governing: call.from.remoteDescription.sdp };
}, conceal);
const audio = (sdp) => sdp.split(/(?=^m=)/m).find((section) => section.startsWith('m=audio'));
const mean = (frames) => frames.reduce((sum, { size }) => sum + size, 0) / frames.length;
const sizes = (frames) => [...new Set(frames.map(({ size }) => size))].sort((a, b) => a - b);

together('sizes and levels', () => {
  test('without it speech and silence differ in size, and levels travel in the clear (control)', () => withPage(async (page) => {
    const { heard, descriptions } = await record(page, false);
    console.log(`speech ${mean(heard.speech)} bytes a frame, silence ${mean(heard.silence)}`);
    assert.ok(mean(heard.speech) > 1.2 * mean(heard.silence));
    for (const sdp of descriptions) assert.ok(audio(sdp).includes(LEVEL));
    assert.ok(heard.speech.some(({ level }) => level !== null), 'this test can see the extension');
  }));

  test('with it every frame has the same size, and there is no level', () => withPage(async (page) => {
    const { heard, descriptions, governing } = await record(page, true);
    console.log(`speech ${sizes(heard.speech)} bytes a frame, silence ${sizes(heard.silence)}`);
    assert.deepEqual(sizes(heard.speech), sizes(heard.silence));
    assert.equal(sizes(heard.speech).length, 1);
    for (const sdp of [...descriptions, governing]) assert.ok(!audio(sdp).includes(LEVEL));
    assert.match(audio(governing), /^a=fmtp:111 .*cbr=1.*$/m);
    assert.match(audio(governing), /^a=fmtp:111 .*usedtx=0/m);
    assert.ok([...heard.speech, ...heard.silence].every(({ level }) => level === null));
  }));
});

const SDP = ['v=0', 's=-', 'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9', `a=extmap:1 ${LEVEL}`, 'a=extmap:2 urn:ietf:params:rtp-hdrext:sdes:mid',
  'a=extmap:3/sendonly urn:ietf:params:rtp-hdrext:csrc-audio-level vad=on', 'a=rtpmap:111 opus/48000/2',
  'a=fmtp:111 minptime=10;usedtx=1;useinbandfec=1', 'a=rtpmap:63 red/48000/2', 'a=fmtp:63 111/111', 'a=rtpmap:9 G722/8000',
  'm=video 9 UDP/TLS/RTP/SAVPF 96', `a=extmap:1 ${LEVEL}`, 'a=rtpmap:96 VP8/90000', ''].join('\r\n');

test('a description loses the audio levels and gains a constant rate, and nothing else changes', () => {
  const { type, sdp } = concealSpeechIn({ type: 'answer', sdp: SDP });
  assert.equal(type, 'answer');
  const expected = SDP.replace(`a=extmap:1 ${LEVEL}\r\n`, '').replace(/a=extmap:3.*\r\n/, '')
    .replace('usedtx=1;useinbandfec=1', 'usedtx=0;useinbandfec=1;cbr=1');
  assert.equal(sdp, expected);
  assert.equal(concealSpeechIn({ type: 'answer', sdp }).sdp, sdp, 'twice is once');
});

test('Opus without parameters gets some; a description without text is left alone', () => {
  const bare = concealSpeechIn({ type: 'offer', sdp: SDP.replace(/a=fmtp:111.*\r\n/, '') });
  assert.match(bare.sdp, /a=rtpmap:111 opus\/48000\/2\r\na=fmtp:111 cbr=1;usedtx=0\r\n/);
  assert.deepEqual(concealSpeechIn({ type: 'rollback' }), { type: 'rollback' });
});
