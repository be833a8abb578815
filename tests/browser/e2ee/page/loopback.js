// Two endpoints in one page, each with a worker of its own: alice sends, bob receives. What lies
// between them is a real RTCPeerConnection pair; `tap` and `alter` stand where the bridge stands.
import { E2ee, E2eeError, LinkKeyProvider } from './e2ee/index.js';
import { makeEar, makePicture, makeTone, readPicture } from './sources.js';
import { standBetween } from './between.js';

const ALICE = 'YWxpY2VhbGljZWFsaWNlYQ', BOB = 'Ym9iYm9iYm9iYm9iYm9iYg';
const SECRET = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';
const OTHER_SECRET = '_wECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';

const link = (secret) => new LinkKeyProvider({ room: 'quiet-otter', generation: 0, secret });

function record(e2ee) {
  const events = [];
  for (const type of ['occupant', 'decryptionFailed', 'keyMissing', 'sending', 'failed']) {
    e2ee.addEventListener(type, (event) => events.push({ type, ...event.detail }));
  }
  return events;
}

async function makeEndpoint(via, secret) {
  const e2ee = await E2ee.create({ via, workerUrl: './e2ee/worker.js' });
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
// bob opens alice's state), order (of the colours), alter (see between.js).
async function startCall(options) {
  const { codec = 'video/VP8', via = 'script-transform', sealed = true, bobSecret = 'right', aliceKey = true,
    exchange = true, order, alter, red = false } = options;
  const between = standBetween(alter, via);
  const config = sealed || alter ? E2ee.peerConnectionConfig : {};
  const from = new RTCPeerConnection({ ...config }), to = new RTCPeerConnection({ ...config });
  const picture = makePicture(order), tone = makeTone();
  const alice = sealed ? await makeEndpoint(via, aliceKey ? SECRET : null) : null;
  const bob = sealed ? await makeEndpoint(via, bobSecret === 'wrong' ? OTHER_SECRET : SECRET) : null;

  const video = document.createElement('video');
  video.muted = true;
  video.autoplay = true;
  let ear = null;
  to.ontrack = ({ track, receiver }) => {
    bob?.e2ee.attachReceiver(receiver, { slot: track.kind === 'video' ? 'v0' : 'a0', kind: track.kind });
    if (track.kind === 'video') video.srcObject = new MediaStream([track]);
    else ear = makeEar(track);
  };
  const camera = from.addTransceiver(picture.track, { direction: 'sendonly' });
  alice?.e2ee.attachSender(camera.sender, { source: 'camera' });
  const microphone = from.addTransceiver(tone.track, { direction: 'sendonly' });
  alice?.e2ee.attachSender(microphone.sender, { source: 'microphone' });
  preferCodec(camera, codec);
  if (red) preferCodec(microphone, 'audio/red');
  await negotiate(from, to);

  const call = {
    alice, bob, from, to, video, camera, microphone, between,
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
  if (sealed && exchange) await call.exchange().catch((error) => { call.refused = error.code; });
  return call;
}

Object.assign(window, { startCall, makeEndpoint, E2ee, E2eeError, LinkKeyProvider, ALICE, BOB, SECRET, OTHER_SECRET });
document.title = 'ready';
