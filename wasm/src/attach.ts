import { E2eeError, UnsupportedError } from './errors.js';
import type { StreamOptions } from './protocol.js';
import type { EncodedStreamsSource } from './support.js';
import type { Support } from './types.js';
import type { WorkerChannel } from './worker_channel.js';

/**
 * Puts the worker between the codec and the network of one sender or receiver. Also when the worker
 * has ended: nothing comes through then, whereas a stream without a transform would go in the clear.
 */
export function attachTransform(
  channel: WorkerChannel,
  support: Support,
  end: RTCRtpSender | RTCRtpReceiver,
  options: StreamOptions,
): void {
  if (support === 'script-transform') {
    end.transform = new RTCRtpScriptTransform(channel.worker, options);
    refuseBypass(end);
    if (channel.ended !== null) throw channel.ended;
    return;
  }
  const { readable, writable } = encodedStreams(end);
  channel.send({ type: 'attach', options, readable, writable }, [readable, writable]);
}

/** Those that were found to go through their transform. */
const proven = new WeakSet<RTCRtpSender | RTCRtpReceiver>();

/**
 * Chromium lets frames of a connection without encodedInsertableStreams go past a transform that comes
 * later than the task which made the sender or receiver, and does not say so: they would leave in the
 * clear. It does say that it is too late for createEncodedStreams() then, so that is asked, once; the
 * streams that it gives otherwise stay unused beside the transform. What goes past is stopped.
 */
function refuseBypass(end: RTCRtpSender | RTCRtpReceiver): void {
  const source = end as EncodedStreamsSource;
  if (source.createEncodedStreams === undefined || proven.has(end)) return;
  try {
    source.createEncodedStreams();
    proven.add(end);
  } catch (error) {
    if ('replaceTrack' in end) void end.replaceTrack(null).catch(() => undefined);
    else end.track.stop();
    throw unreachable(error);
  }
}

function unreachable(error: unknown): E2eeError {
  return new E2eeError(
    'bad-argument',
    `This stream's frames cannot be reached (${String(error)}): spread E2ee.peerConnectionConfig into ` +
      'new RTCPeerConnection(), and attach each sender and receiver once.',
  );
}

function encodedStreams(end: RTCRtpSender | RTCRtpReceiver) {
  try {
    const streams = (end as EncodedStreamsSource).createEncodedStreams?.();
    if (streams !== undefined) return streams;
  } catch (error) {
    throw unreachable(error);
  }
  throw new UnsupportedError('unsupported', 'This browser has no createEncodedStreams().');
}
