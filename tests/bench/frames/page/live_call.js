// The browser's test camera in 1280x720 at 30, VP8 at up to 2.5 Mbit/s, to a second connection in
// this page that decodes and shows it.
export async function startLiveCall(makeTransform, sealing, opening) {
  const camera = await navigator.mediaDevices.getUserMedia({ video: { width: 1280, height: 720, frameRate: 30 } });
  const config = { encodedInsertableStreams: true };
  const from = new RTCPeerConnection(config), to = new RTCPeerConnection(config);
  const video = Object.assign(document.createElement('video'), { muted: true, autoplay: true });
  document.body.append(video);
  to.ontrack = ({ receiver, track }) => {
    receiver.transform = makeTransform(opening);
    video.srcObject = new MediaStream([track]);
  };
  const [track] = camera.getVideoTracks();
  track.contentHint = 'detail'; // rather fewer frames than smaller ones
  const { sender } = from.addTransceiver(track, { direction: 'sendonly', sendEncodings: [{ maxBitrate: 2_500_000 }] });
  sender.transform = makeTransform(sealing);
  from.onicecandidate = ({ candidate }) => candidate && to.addIceCandidate(candidate);
  to.onicecandidate = ({ candidate }) => candidate && from.addIceCandidate(candidate);
  await from.setLocalDescription();
  await to.setRemoteDescription(from.localDescription);
  await to.setLocalDescription();
  await from.setRemoteDescription(to.localDescription);
  return {
    async stats() {
      const inbound = [...(await to.getStats()).values()].find(({ type }) => type === 'inbound-rtp');
      const { framesDecoded = 0, frameWidth, frameHeight, framesPerSecond, bytesReceived } = inbound ?? {};
      return { framesDecoded, frameWidth, frameHeight, framesPerSecond, bytesReceived };
    },
  };
}
