// How loud a track is, measured on the sound itself (after decryption), never on anybody's word.

let context: AudioContext | null = null;

function sharedContext(): AudioContext | null {
  if (!context && 'AudioContext' in window) {
    context = new AudioContext({latencyHint: 'playback'});
    // Browsers start it suspended until the person has touched the page.
    const wake = () => void context?.resume().catch(() => undefined);
    for (const event of ['pointerdown', 'keydown']) window.addEventListener(event, wake, {passive: true});
  }
  return context;
}

export class LevelMeter {
  private readonly source: MediaStreamAudioSourceNode | null = null;
  private readonly analyser: AnalyserNode | null = null;
  private readonly samples = new Float32Array(512);

  constructor(track: MediaStreamTrack) {
    const audio = sharedContext();
    if (!audio) return;
    this.source = audio.createMediaStreamSource(new MediaStream([track]));
    this.analyser = audio.createAnalyser();
    this.analyser.fftSize = 512;
    this.source.connect(this.analyser);
  }

  /** Root mean square, 0 to 1. */
  read(): number {
    if (!this.analyser) return 0;
    this.analyser.getFloatTimeDomainData(this.samples);
    let sum = 0;
    for (const sample of this.samples) sum += sample * sample;
    return Math.sqrt(sum / this.samples.length);
  }

  close(): void {
    this.source?.disconnect();
    this.analyser?.disconnect();
  }
}

/** 0 to 1 on a scale that looks even to the ear: -60 dB to -6 dB. */
export function meterPosition(rms: number): number {
  if (rms <= 0) return 0;
  const decibels = 20 * Math.log10(rms);
  return Math.min(1, Math.max(0, (decibels + 60) / 54));
}

const SPEAKING_FROM = 0.012;
const HOLD_MS = 500;

/** A speaking mark that does not flicker between words. */
export class SpeakingMark {
  private lastLoud = -Infinity;

  update(rms: number, now: number): boolean {
    if (rms >= SPEAKING_FROM) this.lastLoud = now;
    return now - this.lastLoud < HOLD_MS;
  }
}
