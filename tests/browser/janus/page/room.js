// One end of a call through a VideoRoom: publishes what getUserMedia gives, or subscribes to a
// feed, with every frame sealed by the module. The test brings what the two ends must know.
import { E2ee, LOCAL } from './e2ee/index.js';
import { JanusSession } from './janus_client.js';
import { tapReceiver, tapSender } from './tap.js';

export async function makeRoom(url, room, codec) {
  const session = await JanusSession.open(url);
  const handle = await session.attach();
  await handle.ask({ request: 'create', room, publishers: 3, audiocodec: 'opus', videocodec: codec,
    require_e2ee: true, fir_freq: 0, ...codec === 'vp9' && { vp9_profile: '0' }, ...codec === 'h264' && { h264_profile: '42e01f' } });
  window.roomKeeper = session;
}

async function gathered(pc) {
  if (pc.iceGatheringState === 'complete') return;
  await new Promise((resolve) => pc.addEventListener('icegatheringstatechange',
    () => pc.iceGatheringState === 'complete' && resolve()));
}

// `e2ee: true` tells Janus that it could not decode what it relays; its rooms here demand that.
// Simulcast layers are offered from the smallest up.
const sealed = (description) => ({ type: description.type, sdp: description.sdp, e2ee: true, rid_order: 'lmh' });

function preferCodec(transceiver, name) {
  const { codecs } = RTCRtpSender.getCapabilities('video');
  const wanted = codecs.filter(({ mimeType, sdpFmtpLine = '' }) => mimeType.toLowerCase() === `video/${name}`
    && !/packetization-mode=0|profile-id=[123]/.test(sdpFmtpLine));
  transceiver.setCodecPreferences([...wanted, ...codecs.filter(({ mimeType }) => /rtx/i.test(mimeType))]);
}

const bytes = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

// `secret`: the publisher's own key, in base64.
async function encryption({ secret, participant, via }) {
  const e2ee = await E2ee.create({ workerUrl: './e2ee/worker.js', ...via && { via } });
  await e2ee.setKey(bytes(secret), { participant });
  return e2ee;
}

// options: url, room, codec, name, secret; encodings (simulcast); tap (frames are kept, see tap.js).
export async function publish({ url, room, codec, name, encodings, tap, ...keys }) {
  const session = await JanusSession.open(url);
  const handle = await session.attach();
  const joined = await handle.request({ request: 'join', ptype: 'publisher', room, display: name });
  const e2ee = await encryption({ ...keys, participant: LOCAL, via: tap && 'encoded-streams' });
  const pc = new RTCPeerConnection({ ...E2ee.peerConnectionConfig });
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
  const frames = [];
  for (const track of stream.getTracks()) {
    const video = track.kind === 'video';
    const transceiver = pc.addTransceiver(track, { direction: 'sendonly', ...video && encodings && { sendEncodings: encodings } });
    if (tap) tapSender(transceiver.sender, frames);
    e2ee.attachSender(transceiver.sender, { });
    if (video) preferCodec(transceiver, codec);
  }
  await pc.setLocalDescription();
  await gathered(pc);
  const { jsep } = await handle.request({ request: 'publish' }, sealed(pc.localDescription));
  await pc.setRemoteDescription(jsep);
  window.end = { pc, e2ee, handle, frames, participant: LOCAL };
  return joined.data.id;
}

// options: url, room, feed; name and secret of the publisher; bare: without the module, frames kept as they come.
export async function subscribe({ url, room, feed, name, secret, bare }) {
  const session = await JanusSession.open(url);
  const handle = await session.attach();
  const { jsep } = await handle.request({ request: 'join', ptype: 'subscriber', room, streams: [{ feed }] });
  const e2ee = bare ? null : await encryption({ secret, participant: name });
  const pc = new RTCPeerConnection({ ...E2ee.peerConnectionConfig });
  const frames = [], stream = new MediaStream();
  pc.ontrack = ({ track, receiver, transceiver }) => {
    if (bare) tapReceiver(receiver, frames);
    else e2ee.attachReceiver(receiver, { participant: name, slot: transceiver.mid });
    stream.addTrack(track);
  };
  await pc.setRemoteDescription(jsep);
  const element = document.createElement('video');
  Object.assign(element, { autoplay: true, muted: true, srcObject: stream });
  document.body.append(element);
  await pc.setLocalDescription();
  await gathered(pc);
  await handle.request({ request: 'start' }, sealed(pc.localDescription));
  window.end = { pc, e2ee, handle, stream, element, frames, participant: name };
}

// The publisher's next key, at both ends.
export function rotate(secret) {
  const { e2ee, participant } = window.end;
  return e2ee.rotate(bytes(secret), { participant });
}

// The simulcast layer (0: the smallest) that Janus is to relay.
export function chooseLayer(substream) {
  return window.end.handle.request({ request: 'configure', streams: [{ mid: videoMid(), substream }] });
}

const videoMid = () => window.end.pc.getTransceivers().find(({ receiver }) => receiver.track.kind === 'video').mid;

export async function reports(type) {
  return [...(await window.end.pc.getStats()).values()].filter((report) => report.type === type);
}

Object.assign(window, { makeRoom, publish, subscribe, rotate, chooseLayer, reports });
document.title = 'ready';
