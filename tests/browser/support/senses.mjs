// What a person would see and hear, read inside the page. Passed to page.evaluate, so each
// function stands alone.

// The number in the clip's blocks, or null when the marker is not there.
export function readPicture(video, { blocks, width, height, marker }) {
  if (!video || !video.videoWidth) return null;
  const canvas = document.createElement('canvas');
  canvas.width = width; canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.drawImage(video, 0, 0, width, height);
  const bit = (index, top) => {
    const { data } = context.getImageData(index * blocks.width + blocks.width / 4, top + blocks.height / 4,
      blocks.width / 2, blocks.height / 2);
    let sum = 0;
    for (let i = 0; i < data.length; i += 4) sum += data[i + 1];
    return sum / (data.length / 4) > 128 ? 1 : 0;
  };
  let seen = 0, id = 0;
  for (let i = 0; i < 8; i++) {
    seen = seen << 1 | bit(i, blocks.markerTop);
    id = id << 1 | bit(i, blocks.idTop);
  }
  return seen === marker ? id : null;
}

// The strongest frequency in Hz of a MediaStream's audio, in half a second from where it begins to sound: longer
// than a burst and a pause of our clips (clips.mjs). Null when it is silent for `ms`.
export async function hearTone(stream, ms = 1200) {
  const context = new AudioContext({ sampleRate: 48000 });
  try {
    await context.resume();
    const source = context.createMediaStreamSource(new MediaStream(stream.getAudioTracks()));
    const analyser = context.createAnalyser();
    analyser.fftSize = 4096;
    analyser.smoothingTimeConstant = 0;
    source.connect(analyser);
    const bins = new Float32Array(analyser.frequencyBinCount);
    let best = { level: -75, hz: null };
    let end = performance.now() + ms;
    while (performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      analyser.getFloatFrequencyData(bins);
      const silent = best.hz === null;
      for (let i = 8; i < bins.length; i++) {
        if (bins[i] > best.level) best = { level: bins[i], hz: i * context.sampleRate / analyser.fftSize };
      }
      if (silent && best.hz !== null) end = performance.now() + 500;
    }
    return best.hz;
  } finally {
    await context.close();
  }
}

// The same without an AudioContext: recorded, decoded, and searched in steps of 10 Hz by Goertzel's
// recurrence. What is over -50 dB of full scale for a tenth of a second counts.
export async function hearRecordedTone(stream, ms = 1200) {
  const recorder = new MediaRecorder(new MediaStream(stream.getAudioTracks()));
  const chunks = [];
  recorder.ondataavailable = ({ data }) => chunks.push(data);
  const stopped = new Promise((resolve) => { recorder.onstop = resolve; });
  recorder.start();
  await new Promise((resolve) => setTimeout(resolve, ms));
  recorder.stop();
  await stopped;
  const rate = 48000, stretch = rate / 10;
  const recorded = await new Blob(chunks).arrayBuffer();
  const samples = (await new OfflineAudioContext(1, rate, rate).decodeAudioData(recorded)).getChannelData(0);
  let best = { amplitude: 10 ** (-50 / 20), hz: null };
  for (let start = 0; start + stretch <= samples.length; start += stretch) {
    for (let hz = 100; hz <= 11000; hz += 10) {
      const twice = 2 * Math.cos(2 * Math.PI * hz / rate);
      let last = 0, before = 0;
      for (let i = 0; i < stretch; i++) [last, before] = [samples[start + i] + twice * last - before, last];
      const amplitude = 2 / stretch * Math.sqrt(last * last + before * before - twice * last * before);
      if (amplitude > best.amplitude) best = { amplitude, hz };
    }
  }
  return best.hz;
}
