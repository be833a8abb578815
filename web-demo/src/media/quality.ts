// Connection quality of one stream, from two getStats() samples.

export type Quality = 'good' | 'ok' | 'poor';

export interface StreamSample {
  /** Milliseconds. */
  at: number;
  received: number;
  lost: number;
  /** Seconds, as getStats has it. */
  jitter: number;
  /** Seconds; null when not known. */
  roundTrip: number | null;
  framesDecoded?: number;
  freezes?: number;
}

export interface QualityReport {
  quality: Quality;
  lossPercent: number;
  jitterMs: number;
  roundTripMs: number | null;
}

export function assess(before: StreamSample, after: StreamSample): QualityReport {
  const received = Math.max(0, after.received - before.received);
  const lost = Math.max(0, after.lost - before.lost);
  const lossPercent = received + lost === 0 ? 0 : lost * 100 / (received + lost);
  const jitterMs = after.jitter * 1000;
  const roundTripMs = after.roundTrip === null ? null : after.roundTrip * 1000;
  const froze = (after.freezes ?? 0) > (before.freezes ?? 0);
  const trip = roundTripMs ?? 0;
  let quality: Quality = 'good';
  if (lossPercent > 2 || jitterMs > 40 || trip > 250) quality = 'ok';
  if (lossPercent > 8 || jitterMs > 100 || trip > 600 || froze) quality = 'poor';
  return {quality, lossPercent, jitterMs, roundTripMs};
}

/** What one shows of several streams is the worst. */
export function worst(reports: QualityReport[]): QualityReport | null {
  const rank: Record<Quality, number> = {good: 0, ok: 1, poor: 2};
  return reports.reduce<QualityReport | null>(
      (found, report) => !found || rank[report.quality] > rank[found.quality] ? report : found, null);
}

/** In words, for the tooltip and for screen readers. */
export function describe(report: QualityReport): string {
  const words: Record<Quality, string> = {good: 'Good connection', ok: 'Fair connection', poor: 'Poor connection'};
  const parts = [`${report.lossPercent.toFixed(report.lossPercent < 10 ? 1 : 0)} % lost`, `${Math.round(report.jitterMs)} ms jitter`];
  if (report.roundTripMs !== null) parts.push(`${Math.round(report.roundTripMs)} ms round trip`);
  return `${words[report.quality]}: ${parts.join(', ')}`;
}
