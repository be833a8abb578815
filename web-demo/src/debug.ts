// window.__sotto, only with ?debug=1: read-only figures for tests and benches. No secrets.

import type {Call} from './call/call.js';

export function exposeForTests(call: Call): void {
  if (new URLSearchParams(location.search).get('debug') !== '1') return;
  const kids = new Map<string, string>();
  let watched: object | null = null;
  const watch = () => {
    const session = call.session;
    if (!session || session === watched) return;
    watched = session;
    kids.clear();
    session.e2ee.watch(null, (sample) => sample.kid !== null && kids.set(sample.slot, sample.kid));
  };
  call.on('change', watch);
  const connections = () => call.session ? [call.session.publisher.pc, call.session.subscriber.pc] : [];
  const reports = async (type: string) => {
    const found: Record<string, unknown>[] = [];
    for (const pc of connections()) {
      (await pc.getStats()).forEach((report: Record<string, unknown>) => report['type'] === type && found.push(report));
    }
    return found;
  };

  Object.defineProperty(window, '__sotto', {value: Object.freeze({
    phase: () => call.phase,
    /** Where the keys come from, and whether they let us take part. */
    keys: () => call.keys.mode,
    standing: () => call.standing,
    /** null without a group. */
    group: () => call.keys.state(),
    endpoint: () => call.session?.endpoint ?? null,
    lock: () => call.security?.lock ?? null,
    tiles: () => call.model.tiles(),
    /** The worker's counters, with the KID last seen in each receiving slot. */
    async stats() {
      const streams = await call.session?.e2ee.stats() ?? [];
      return streams.map((stream) => {
        const kid = stream.slot === undefined ? undefined : kids.get(stream.slot);
        return kid === undefined ? stream : {...stream, kid};
      });
    },
    rtc: (type: string) => reports(type),
    /** Transport protocol of every candidate pair in use. */
    async protocols() {
      const locals = new Map((await reports('local-candidate')).map((report) => [report['id'], report['protocol']]));
      const pairs = (await reports('candidate-pair')).filter((pair) => pair['nominated'] === true && pair['state'] === 'succeeded');
      return pairs.map((pair) => locals.get(pair['localCandidateId']));
    },
    /** MIME types that are being sent or received. */
    async codecs() {
      const named = new Map((await reports('codec')).map((codec) => [codec['id'], codec['mimeType']]));
      const streams = [...await reports('outbound-rtp'), ...await reports('inbound-rtp')];
      return [...new Set(streams.map((stream) => named.get(stream['codecId'])).filter((mime) => mime !== undefined))];
    },
    async keyFramesSent() {
      return (await reports('outbound-rtp')).reduce((sum, stream) => sum + Number(stream['keyFramesEncoded'] ?? 0), 0);
    },
  })});
}
