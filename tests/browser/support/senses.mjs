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

// The strongest frequency in Hz of a MediaStream's audio over `ms`, or null when it is silent.
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
    const end = performance.now() + ms;
    while (performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      analyser.getFloatFrequencyData(bins);
      for (let i = 8; i < bins.length; i++) {
        if (bins[i] > best.level) best = { level: bins[i], hz: i * context.sampleRate / analyser.fftSize };
      }
    }
    return best.hz;
  } finally {
    await context.close();
  }
}
