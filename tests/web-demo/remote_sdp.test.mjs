// What is taken out of a bridge's SDP.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {load} from './load.mjs';

const {withoutPlayoutDelay} = await load('media/remote_sdp.ts');

const URI = 'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay';
const others = ['v=0', 'm=video 9 UDP/TLS/RTP/SAVPF 96', 'a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid', 'a=rtpmap:96 VP8/90000'];
const sdp = (...lines) => lines.map((line) => `${line}\r\n`).join('');

test('the playout delay extension is taken out, in whatever form', () => {
  for (const line of [`a=extmap:5 ${URI}`, `a=extmap:5/recvonly ${URI}`, `a=extmap:12/sendrecv ${URI} some attributes`]) {
    assert.equal(withoutPlayoutDelay(sdp(...others, line, 'a=mid:0')), sdp(...others, 'a=mid:0'));
    assert.equal(withoutPlayoutDelay(sdp(line, ...others, line)), sdp(...others));
  }
});

test('nothing else is', () => {
  assert.equal(withoutPlayoutDelay(sdp(...others)), sdp(...others));
});
