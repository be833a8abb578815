// Delays between attempts to reconnect: quick at first (a WLAN that changes), then patient.

const FIRST_MS = 200;
const LONGEST_MS = 5000;

/** `attempt` counts from 0; `random` is in [0, 1) and spreads a crowd out by ±25 %. */
export function retryDelay(attempt: number, random: number): number {
  const base = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(base * (0.75 + random / 2));
}
