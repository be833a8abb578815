// Asks both connections for their statistics every other second and keeps a verdict a stream.

import {Emitter} from '../emitter.js';
import type {Call} from '../call/call.js';
import type {Group} from '../signaling/protocol.js';
import {assess, worst} from './quality.js';
import type {QualityReport, StreamSample} from './quality.js';

const POLL_MS = 2000;

interface Events {
  change: undefined;
}

type Report = Record<string, unknown> & {type: string; id: string; timestamp: number};

export class QualityMonitor extends Emitter<Events> {
  private readonly before = new Map<string, StreamSample>();
  private readonly received = new Map<string, QualityReport>();
  private sent: QualityReport | null = null;
  private readonly timer = setInterval(() => void this.poll(), POLL_MS);

  constructor(private readonly call: Call) {
    super();
  }

  close(): void {
    clearInterval(this.timer);
  }

  report(tile: {endpoint: string; group: Group; self: boolean}): QualityReport | null {
    if (tile.self) return tile.group === 'camera' ? this.sent : null;
    const shown = this.call.model.tiles().find((other) => other.endpoint === tile.endpoint && other.group === tile.group);
    const slots = [shown?.videoSlot, shown?.audioSlot].filter((slot): slot is string => slot !== null && slot !== undefined);
    return worst(slots.flatMap((slot) => this.received.get(slot) ?? []));
  }

  private async poll(): Promise<void> {
    const session = this.call.session;
    if (!session || document.hidden) return;
    const [incoming, outgoing] = await Promise.all([session.subscriber.pc.getStats(), session.publisher.pc.getStats()]);
    const trip = roundTrip(incoming);
    each(incoming, 'inbound-rtp', (report) => {
      if (typeof report['mid'] === 'string') this.sample(report['mid'], sampleOf(report, trip));
    });
    const sent: QualityReport[] = [];
    each(outgoing, 'remote-inbound-rtp', (report) => {
      const sample = {...sampleOf(report, Number(report['roundTripTime'] ?? 0)), received: 0};
      // A receiver report tells the fraction lost since the last one.
      const fraction = Math.min(1, Math.max(0, Number(report['fractionLost'] ?? 0)));
      sent.push(assess({...sample, lost: 0}, {...sample, lost: fraction * 1000, received: (1 - fraction) * 1000}));
    });
    this.sent = worst(sent);
    this.emit('change', undefined);
  }

  private sample(slot: string, after: StreamSample): void {
    const before = this.before.get(slot);
    this.before.set(slot, after);
    if (before && after.received > before.received) this.received.set(slot, assess(before, after));
    else this.received.delete(slot);
  }
}

function each(stats: RTCStatsReport, type: string, visit: (report: Report) => void): void {
  stats.forEach((report: Report) => report.type === type && visit(report));
}

function roundTrip(stats: RTCStatsReport): number | null {
  let trip: number | null = null;
  each(stats, 'candidate-pair', (pair) => {
    if (pair['nominated'] === true && typeof pair['currentRoundTripTime'] === 'number') trip = pair['currentRoundTripTime'];
  });
  return trip;
}

function sampleOf(report: Report, trip: number | null): StreamSample {
  const number = (name: string) => typeof report[name] === 'number' ? report[name] : 0;
  return {
    at: report.timestamp, received: number('packetsReceived'), lost: number('packetsLost'),
    jitter: number('jitter'), roundTrip: trip, freezes: number('freezeCount'),
  };
}
