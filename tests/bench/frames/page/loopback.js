// A short call of all codecs within this page, so that both workers get an original of each kind of
// frame, from a real encoder and off a real network.
const VIDEO = ['video/VP8', 'video/VP9', 'video/H264', 'video/AV1'];

/** Returns how to stop, once known() says that both sides have all they need. */
export async function startLoopback(makeTransform, sealing, opening, known) {
  const config = { encodedInsertableStreams: true };
  const from = new RTCPeerConnection(config), to = new RTCPeerConnection(config);
  const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 });
  const context = canvas.getContext('2d');
  let tick = 0;
  const timer = setInterval(() => {
    context.fillStyle = `hsl(${tick++ * 7 % 360} 80% 50%)`;
    context.fillRect(tick % 320, 0, 40, 180);
  }, 66);
  const audio = new AudioContext();
  const tone = new OscillatorNode(audio, { frequency: 440 });
  const destination = audio.createMediaStreamDestination();
  tone.connect(destination);
  tone.start();

  to.ontrack = ({ receiver }) => { receiver.transform = makeTransform(opening); };
  from.addTransceiver(destination.stream.getAudioTracks()[0], { direction: 'sendonly' }).sender.transform = makeTransform(sealing);
  for (const mime of VIDEO) {
    const transceiver = from.addTransceiver(canvas.captureStream(15).getVideoTracks()[0], { direction: 'sendonly' });
    transceiver.sender.transform = makeTransform(sealing);
    transceiver.setCodecPreferences(RTCRtpSender.getCapabilities('video').codecs.filter(
      ({ mimeType, sdpFmtpLine = '' }) => mimeType === 'video/rtx'
        || (mimeType === mime && !/packetization-mode=0|profile-id=[123]/.test(sdpFmtpLine))));
  }
  from.onicecandidate = ({ candidate }) => candidate && to.addIceCandidate(candidate);
  to.onicecandidate = ({ candidate }) => candidate && from.addIceCandidate(candidate);
  await from.setLocalDescription();
  await to.setRemoteDescription(from.localDescription);
  await to.setLocalDescription();
  await from.setRemoteDescription(to.localDescription);

  const needed = ['audio/opus delta', ...VIDEO.flatMap((mime) => [`${mime} key`, `${mime} delta`])].map((name) => name.toLowerCase());
  const end = performance.now() + 30000;
  for (;;) {
    const missing = (await known()).map((names) => needed.filter((name) => !names.includes(name)));
    if (missing.every((names) => names.length === 0)) break;
    if (performance.now() > end) throw new Error(`no original of ${JSON.stringify(missing)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return () => {
    clearInterval(timer);
    tone.stop();
    void audio.close();
    from.close();
    to.close();
  };
}
