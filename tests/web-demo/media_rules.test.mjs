import assert from 'node:assert/strict';
import {test} from 'node:test';
import {load} from './load.mjs';

const {assess, describe, worst} = await load('media/quality.ts');
const {cameraEncodings, codecFromQuery, preferCodec} = await load('media/codecs.ts');
const {captureFromQuery} = await load('media/capture.ts');
const {problemTexts, sentence, troubleOf} = await load('media/problems.ts');
const {meterPosition, SpeakingMark} = await load('media/level.ts');
const {readPreferences, writePreferences} = await load('media/preferences.ts');
const {sameWants, wantsOf} = await load('call/wants.ts');
const {initials, avatarColor} = await load('ui/avatar.ts');
const {hexDump} = await load('ui/hex.ts');

const at = (received, lost, more = {}) => ({at: 0, received, lost, jitter: 0.005, roundTrip: 0.03, ...more});

test('quality is judged by what happened since the last look', () => {
  assert.equal(assess(at(100, 50), at(200, 50)).quality, 'good');
  assert.equal(assess(at(100, 0), at(195, 5)).quality, 'ok');
  assert.equal(assess(at(100, 0), at(180, 20)).quality, 'poor');
  assert.equal(assess(at(0, 0), at(100, 0, {jitter: 0.06})).quality, 'ok');
  assert.equal(assess(at(0, 0), at(100, 0, {roundTrip: 0.9})).quality, 'poor');
  assert.equal(assess(at(0, 0, {freezes: 1}), at(100, 0, {freezes: 2})).quality, 'poor');
  assert.equal(assess(at(100, 9), at(90, 3)).lossPercent, 0, 'counters that start anew are no loss');
});

test('of several streams the worst is shown, in words', () => {
  const good = assess(at(0, 0), at(100, 0));
  const poor = assess(at(0, 0), at(80, 20));
  assert.equal(worst([good, poor]).quality, 'poor');
  assert.equal(worst([]), null);
  assert.equal(describe(poor), 'Poor connection: 20 % lost, 5 ms jitter, 30 ms round trip');
});

test('the wanted codec comes first, in the form that the bridge takes, and the others stay', () => {
  const all = [{mimeType: 'video/VP8'}, {mimeType: 'video/rtx'},
    {mimeType: 'video/H264', sdpFmtpLine: 'packetization-mode=0;profile-level-id=42e01f'},
    {mimeType: 'video/H264', sdpFmtpLine: 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f'},
    {mimeType: 'video/VP9', sdpFmtpLine: 'profile-id=2'}, {mimeType: 'video/VP9', sdpFmtpLine: 'profile-id=0'}];
  assert.equal(preferCodec(all, 'H264')[0], all[3]);
  assert.equal(preferCodec(all, 'VP9')[0], all[5]);
  assert.equal(preferCodec(all, 'VP9').length, all.length);
  assert.equal(codecFromQuery('?codec=av1'), 'AV1');
  assert.equal(codecFromQuery('?codec=nonsense'), 'VP8');
});

test('a VP8 camera has up to three layers from small to large, as many as its size allows', () => {
  const layers = (size) => cameraEncodings('VP8', size).map((layer) => layer.active ? `${layer.rid}${layer.scaleResolutionDownBy}` : layer.rid);
  assert.deepEqual(layers(undefined), ['q4', 'h2', 'f1']);
  assert.deepEqual(layers({width: 720, height: 1280}), ['q4', 'h2', 'f1'], 'a phone held upright');
  assert.deepEqual(layers({width: 640, height: 480}), ['q2', 'h1', 'f']);
  assert.deepEqual(layers({width: 320, height: 180}), ['q1', 'h', 'f']);
  const [q, h, f] = cameraEncodings('VP8').map((layer) => layer.maxBitrate);
  assert.ok(q < h && h < f && q >= 100_000 && f < 2_000_000, `${q} ${h} ${f}`);
  assert.equal(cameraEncodings('VP9').length, 1);
});

test('the capture switch takes sizes and nothing else', () => {
  assert.deepEqual(captureFromQuery('?capture=320x180@15'), {width: 320, height: 180, frameRate: 15});
  for (const query of ['', '?capture=1x1@1', '?capture=evil']) assert.equal(captureFromQuery(query).width, 1280);
});

test('every device trouble has a sentence that says what to do', () => {
  for (const [name, trouble] of [['NotAllowedError', 'denied'], ['NotFoundError', 'missing'], ['NotReadableError', 'busy'], ['TypeError', 'failed']]) {
    assert.equal(troubleOf({name}), trouble);
    assert.match(sentence('camera', trouble), /camera.*join/is);
  }
  assert.equal(troubleOf(null), 'failed');
  assert.match(sentence('microphone', 'insecure'), /https/);
  for (const both of ['denied', 'insecure']) {
    const texts = problemTexts({camera: both, microphone: both});
    assert.equal(texts.camera, '', 'the same trouble is said once');
    assert.match(texts.microphone, /camera and microphone/i);
  }
  assert.deepEqual(problemTexts({camera: 'busy'}).microphone, '');
});

test('the level meter rises with loudness, and the speaking mark bridges the gaps between words', () => {
  assert.equal(meterPosition(0), 0);
  assert.ok(meterPosition(0.01) < meterPosition(0.1));
  assert.equal(meterPosition(1), 1);
  const mark = new SpeakingMark();
  assert.equal(mark.update(0.001, 0), false);
  assert.equal(mark.update(0.1, 100), true);
  assert.equal(mark.update(0, 400), true);
  assert.equal(mark.update(0, 700), false);
});

test('preferences survive damaged and forbidden storage', () => {
  const store = new Map();
  const storage = {getItem: (key) => store.get(key) ?? null, setItem: (key, value) => store.set(key, value)};
  writePreferences(storage, {...readPreferences(storage), name: 'Ann', cameraOn: false});
  assert.deepEqual([readPreferences(storage).name, readPreferences(storage).cameraOn], ['Ann', false]);
  for (const text of ['{', 'null', '{"name":5}', '[]']) {
    assert.equal(readPreferences({getItem: () => text}).name, '', text);
  }
  assert.equal(readPreferences(null).microphoneOn, true);
  const forbidden = () => { throw new Error('blocked'); };
  writePreferences({setItem: forbidden}, readPreferences({getItem: forbidden}));
});

test('screens are wanted most, then those who spoke last, then the order of arrival', () => {
  const shown = [['a', 'camera', 100.4], ['b', 'camera', 100], ['c', 'camera', 0], ['b', 'screen', 700]]
      .map(([endpoint, group, height]) => ({endpoint, group, height}));
  const wants = wantsOf(shown, ['c']);
  assert.deepEqual(wants.map((want) => `${want.endpoint}/${want.group}/${want.height}`), ['b/screen/700', 'c/camera/0', 'a/camera/100', 'b/camera/100']);
  assert.ok(sameWants(wants, wants.map((want) => ({...want, height: want.height && want.height + 10}))), 'a few pixels are no news');
  assert.ok(!sameWants(wants, wants.slice(1)));
  assert.ok(!sameWants([{endpoint: 'a', group: 'camera', height: 100}], [{endpoint: 'a', group: 'camera', height: 0}]));
});

test('avatars: two letters at most, one colour a name', () => {
  assert.equal(initials('  Ada King Lovelace '), 'AL');
  assert.equal(initials('tim'), 'T');
  assert.equal(initials('😀 x'), '😀X');
  assert.equal(initials(''), '');
  assert.equal(avatarColor('Ann'), avatarColor('Ann'));
  assert.ok(avatarColor('Ann') >= 0 && avatarColor('Ann') < 8);
});

test('a hex dump shows offsets, bytes and what of them is text', () => {
  assert.equal(hexDump(new Uint8Array([0x10, 0x00, 0x41, 0xff, 0x7a]), 4), '000  10 00 41 ff  ··A·\n004  7a           z');
});
