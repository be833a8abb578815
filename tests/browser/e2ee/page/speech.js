// Something that sounds and pauses like speech, to an encoder: bursts of changing pitch and loudness,
// or silence; `say(true)` and `say(false)` switch.
export function makeSpeech() {
  const context = new AudioContext({ sampleRate: 48000 });
  const oscillator = new OscillatorNode(context, { type: 'sawtooth', frequency: 140 });
  const wobble = new OscillatorNode(context, { frequency: 5 });
  const syllables = new GainNode(context, { gain: 0.3 }), mouth = new GainNode(context, { gain: 0 });
  wobble.connect(new GainNode(context, { gain: 60 })).connect(oscillator.frequency);
  const destination = context.createMediaStreamDestination();
  oscillator.connect(syllables).connect(mouth).connect(destination);
  oscillator.start();
  wobble.start();
  const [track] = destination.stream.getAudioTracks();
  return {
    track,
    say(aloud) { mouth.gain.value = aloud ? 1 : 0; },
    stop() { track.stop(); void context.close(); },
  };
}

// Sizes and audio levels of the frames that a bridge gets, `count` of them while it is loud and as
// many while it is silent.
export async function recordSpeech(call, frames, count) {
  const speech = makeSpeech();
  await call.microphone.sender.replaceTrack(speech.track);
  const heard = {};
  for (const [phase, aloud] of [['speech', true], ['silence', false]]) {
    speech.say(aloud);
    // The first frames after a change are of neither.
    for (const wanted of [25, count]) {
      frames.length = 0;
      while (frames.length < wanted) await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    heard[phase] = frames.slice(0, count);
  }
  speech.stop();
  return heard;
}
