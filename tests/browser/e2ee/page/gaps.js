// How long a person sees nothing move: the longest time between two pictures that were shown.
export function watchGaps(video) {
  let last = null, worst = 0, shown = 0;
  const onFrame = (now) => {
    if (last !== null) worst = Math.max(worst, now - last);
    last = now;
    shown++;
    video.requestVideoFrameCallback(onFrame);
  };
  video.requestVideoFrameCallback(onFrame);
  return {
    // From the last picture on.
    reset() { worst = 0; shown = 0; },
    read: () => ({ worst: Math.round(Math.max(worst, last === null ? 0 : performance.now() - last)), shown }),
  };
}
