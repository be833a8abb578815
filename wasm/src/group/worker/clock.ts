// Time that passes while a machine sleeps. performance.now() stands still then in some browsers, and a
// group that counts by it alone asks to come back in with the time of day of before: as somebody whose
// request has expired.

/** Less than this is a clock that is being set right, or was read late. */
const ASLEEP = 5000;

/**
 * Milliseconds that never go back: those of `steady`, and what `wall`, the time of day, has gone ahead of it.
 * A time of day that is set back changes nothing.
 */
export function wakefulClock(steady: () => number, wall: () => number): () => number {
  let ahead = wall() - steady();
  let slept = 0;
  return () => {
    const passed = steady();
    const further = wall() - passed - ahead;
    if (further > ASLEEP) {
      slept += further;
      ahead += further;
    }
    return passed + slept;
  };
}
