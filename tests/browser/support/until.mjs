// Waits for a condition, never for a time. `what` says what a person would have seen.
export async function until(what, probe, { timeout = 60000, every = 100 } = {}) {
  const end = Date.now() + timeout;
  let last;
  for (;;) {
    last = await probe();
    if (last && last.ok !== false) return last;
    if (Date.now() > end) {
      throw new Error(`not seen within ${timeout / 1000} s: ${what}; last: ${JSON.stringify(last)?.slice(0, 2000)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}
