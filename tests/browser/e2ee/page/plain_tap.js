// An unsealed VP8 call with the same tape in it, to show that the tape hears.
import { E2ee } from './e2ee/index.js';
import { makePicture } from './sources.js';
import { standBetween } from './between.js';

export async function startPlainWithTap() {
  const between = standBetween({}, 'encoded-streams');
  const from = new RTCPeerConnection({ ...E2ee.peerConnectionConfig });
  const to = new RTCPeerConnection({ ...E2ee.peerConnectionConfig });
  const picture = makePicture();
  to.ontrack = ({ receiver }) => {
    const { readable, writable } = receiver.createEncodedStreams();
    readable.pipeTo(writable).catch(() => undefined);
  };
  const { sender } = from.addTransceiver(picture.track, { direction: 'sendonly' });
  const { readable, writable } = sender.createEncodedStreams();
  readable.pipeTo(writable).catch(() => undefined);
  from.onicecandidate = ({ candidate }) => candidate && to.addIceCandidate(candidate);
  to.onicecandidate = ({ candidate }) => candidate && from.addIceCandidate(candidate);
  await from.setLocalDescription();
  await to.setRemoteDescription(from.localDescription);
  await to.setLocalDescription();
  await from.setRemoteDescription(to.localDescription);
  while (between.seen.sent.filter(({ size }) => size >= 60).length < 40) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  picture.stop();
  from.close();
  to.close();
  between.undo();
  return between.seen.sent;
}
