// Two endpoints in one page, each with a worker of its own: alice sends, bob receives. What lies
// between them is a real RTCPeerConnection pair; `tap` and `alter` stand where the bridge stands.
import * as e2eeModule from './e2ee/index.js';
import { giveKey, untilKeys } from './app_keys.js';
import { watchGaps } from './gaps.js';
import { makeEar, makePicture, makeTone, readPicture } from './sources.js';
import { standBetween } from './between.js';

const { E2ee, E2eeError, LinkKeyProvider } = e2eeModule;
const ALICE = 'YWxpY2VhbGljZWFsaWNlYQ', BOB = 'Ym9iYm9iYm9iYm9iYm9iYg';
const SECRET = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';
const OTHER_SECRET = '_wECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';

const link = (secret) => new LinkKeyProvider({ room: 'quiet-otter', generation: 0, secret });

function record(e2ee) {
  const events = [];
  for (const type of ['occupant', 'decryptionFailed', 'keyMissing', 'keyRatcheted', 'sending', 'failed']) {
    e2ee.addEventListener(type, (event) => events.push({ type, ...event.detail }));
  }
  return events;
}

async function makeEndpoint(via, secret, creation = {}) {
  const e2ee = await E2ee.create({ via, workerUrl: './e2ee/worker.js', ...creation });
  const events = record(e2ee);
  if (secret) await e2ee.setKeyProvider(link(secret));
  return { e2ee, events };
}

function preferCodec(transceiver, mime) {
  const { codecs } = RTCRtpSender.getCapabilities(mime.split('/')[0]);
  // With RTX, as every call has it: without, bandwidth probes are padding in the media stream, and
  // Chromium then loses frames of H.264 and AV1 behind any transform, even one that changes nothing.
  const wanted = codecs.filter((codec) => codec.mimeType.toLowerCase() === mime.toLowerCase()
    && (codec.sdpFmtpLine === undefined || !/packetization-mode=0|profile-id=[123]/.test(codec.sdpFmtpLine)));
  if (wanted.length === 0) throw new Error(`this browser has no ${mime}`);
  transceiver.setCodecPreferences([...wanted, ...codecs.filter((codec) => /rtx|opus/i.test(codec.mimeType))]);
}

async function negotiate(from, to) {
  from.onicecandidate = ({ candidate }) => candidate && to.addIceCandidate(candidate);
  to.onicecandidate = ({ candidate }) => candidate && from.addIceCandidate(candidate);
  await from.setLocalDescription();
  await to.setRemoteDescription(from.localDescription);
  await to.setLocalDescription();
  await from.setRemoteDescription(to.localDescription);
}

// options: codec (video mime type), via, sealed, bobSecret ('right', 'wrong'), exchange (whether
// bob opens alice's state), order (of the colours), alter (see between.js), `app`: instead of a room
// link, keys that the app hands out (see app_keys.js).
async function startCall(options) {
  const { codec = 'video/VP8', via = 'script-transform', sealed = true, bobSecret = 'right', aliceKey = true,
    exchange = true, order, alter, red = false, app = null, conceal = false } = options;
  const between = standBetween(alter, via);
  const config = sealed || alter ? E2ee.peerConnectionConfig : {};
  const from = new RTCPeerConnection({ ...config }), to = new RTCPeerConnection({ ...config });
  const picture = makePicture(order), tone = makeTone();
  const bobs = bobSecret === 'wrong' ? OTHER_SECRET : SECRET;
  const alice = sealed ? await makeEndpoint(via, aliceKey && !app ? SECRET : null, app?.creation) : null;
  const bob = sealed ? await makeEndpoint(via, app ? null : bobs, app?.creation) : null;
  if (app) await untilKeys(alice.e2ee, bob.e2ee, app);

  const video = document.createElement('video');
  video.muted = true;
  video.autoplay = true;
  let ear = null;
  to.ontrack = ({ track, receiver }) => {
    const slot = track.kind === 'video' ? 'v0' : 'a0';
    bob?.e2ee.attachReceiver(receiver, app ? { participant: 'alice', slot } : { slot, kind: track.kind });
    if (track.kind === 'video') video.srcObject = new MediaStream([track]);
    else ear = makeEar(track);
  };
  const camera = from.addTransceiver(picture.track, { direction: 'sendonly' });
  if (conceal) e2eeModule.concealSpeech(from);
  alice?.e2ee.attachSender(camera.sender, app ? {} : { source: 'camera' });
  const microphone = from.addTransceiver(tone.track, { direction: 'sendonly' });
  alice?.e2ee.attachSender(microphone.sender, app ? {} : { source: 'microphone' });
  preferCodec(camera, codec);
  if (red) preferCodec(microphone, 'audio/red');
  await negotiate(from, to);

  const call = {
    alice, bob, from, to, video, camera, microphone, between, gaps: watchGaps(video),
    async exchange() {
      const state = await alice.e2ee.sealState(ALICE, { name: 'Alice', muted: { microphone: false, camera: false } });
      return bob.e2ee.openState(ALICE, state);
    },
    async see() {
      const reports = [...(await to.getStats()).values()];
      const inbound = reports.find((r) => r.type === 'inbound-rtp' && r.kind === 'video');
      return {
        decoded: inbound?.framesDecoded ?? 0,
        keyFrames: inbound?.keyFramesDecoded ?? 0,
        codec: reports.find((r) => r.id === inbound?.codecId)?.mimeType ?? null,
        packets: inbound?.packetsReceived ?? 0,
        picture: readPicture(video),
        hertz: ear?.hertz() ?? null,
      };
    },
    stop() {
      picture.stop();
      tone.stop();
      ear?.stop();
      from.close();
      to.close();
      alice?.e2ee.close();
      bob?.e2ee.close();
      between.undo();
    },
  };
  if (sealed && !app && exchange) await call.exchange().catch((error) => { call.refused = error.code; });
  return call;
}

Object.assign(window, { ...e2eeModule, startCall, makeEndpoint, giveKey, ALICE, BOB, SECRET, OTHER_SECRET });
document.title = 'ready';
