// What the sending side shows and plays: quarters of four colours that move on by one each second,
// so that a frozen picture can be told from a living one, and a tone of 440 Hz.
export const WIDTH = 320, HEIGHT = 180, TONE = 440, RATE = 30;
const COLOURS = ['#e02020', '#20c020', '#2020e0', '#e0e020'];

export function makePicture(order = [0, 1, 2, 3]) {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d');
  let tick = 0;
  const paint = () => {
    order.forEach((colour, quarter) => {
      context.fillStyle = COLOURS[colour];
      context.fillRect((quarter % 2) * WIDTH / 2, (quarter >> 1) * HEIGHT / 2, WIDTH / 2, HEIGHT / 2);
    });
    context.fillStyle = '#ffffff';
    context.fillRect((tick++ * 8) % WIDTH, HEIGHT / 2 - 4, 8, 8);
  };
  paint();
  const timer = setInterval(paint, 1000 / RATE);
  const [track] = canvas.captureStream(RATE).getVideoTracks();
  return { track, stop: () => { clearInterval(timer); track.stop(); } };
}

export function makeTone() {
  const context = new AudioContext({ sampleRate: 48000 });
  const oscillator = new OscillatorNode(context, { frequency: TONE });
  const destination = context.createMediaStreamDestination();
  oscillator.connect(destination);
  oscillator.start();
  const [track] = destination.stream.getAudioTracks();
  return { track, stop: () => { track.stop(); void context.close(); } };
}

// The colours of the four quarters as numbers of COLOURS; null where it is none of them.
export function readPicture(video) {
  if (!video.videoWidth) return null;
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.drawImage(video, 0, 0, WIDTH, HEIGHT);
  return [0, 1, 2, 3].map((quarter) => {
    const [r, g, b] = context.getImageData((quarter % 2) * WIDTH / 2 + WIDTH / 4, (quarter >> 1) * HEIGHT / 2 + HEIGHT / 4 - 20, 1, 1).data;
    const at = [[224, 32, 32], [32, 192, 32], [32, 32, 224], [224, 224, 32]].findIndex(
      (colour) => Math.hypot(colour[0] - r, colour[1] - g, colour[2] - b) < 90);
    return at < 0 ? null : at;
  });
}

// Follows a received track; `hertz()` is its strongest frequency now, null in silence.
export function makeEar(track) {
  const sink = new Audio(); // Chromium decodes remote audio only for a media element
  sink.srcObject = new MediaStream([track]);
  sink.muted = true;
  void sink.play().catch(() => undefined);
  const context = new AudioContext({ sampleRate: 48000 });
  const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const bins = new Float32Array(analyser.frequencyBinCount);
  return {
    hertz() {
      analyser.getFloatFrequencyData(bins);
      const best = bins.reduce((top, level, at) => (level > bins[top] ? at : top), 1);
      return bins[best] > -70 ? Math.round(best * 48000 / 8192) : null;
    },
    stop: () => void context.close(),
  };
}
