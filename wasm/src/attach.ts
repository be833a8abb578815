import { E2eeError, UnsupportedError } from './errors.js';
import type { StreamOptions } from './protocol.js';
import type { EncodedStreams, EncodedStreamsSource } from './support.js';
import type { Support } from './types.js';
import type { WorkerChannel } from './worker_channel.js';

/**
 * Puts the worker between the codec and the network of one sender or receiver. Also when the worker
 * has ended: nothing comes through then, whereas a stream without a transform would go in the clear.
 * For the same reason a stream that cannot be attached is stopped, unless it was attached before.
 */
export function attachTransform(
  channel: WorkerChannel,
  support: Support,
  end: RTCRtpSender | RTCRtpReceiver,
  options: StreamOptions,
): void {
  let streams: EncodedStreams | null = null;
  try {
    if (support === 'encoded-streams') streams = encodedStreams(end);
    else {
      end.transform = new RTCRtpScriptTransform(channel.worker, options);
      refuseBypass(end);
    }
  } catch (error) {
    stop(end);
    throw error instanceof E2eeError ? error : unreachable(error);
  }
  proven.add(end);
  if (channel.ended !== null) throw channel.ended;
  if (streams === null) return;
  const { readable, writable } = streams;
  channel.send({ type: 'attach', options, readable, writable }, [readable, writable]);
}

/** Those whose frames are known to go through the worker. */
const proven = new WeakSet<RTCRtpSender | RTCRtpReceiver>();

/** What is not attached, and now cannot be, neither leaves nor is played. */
export function stop(end: RTCRtpSender | RTCRtpReceiver): void {
  if (proven.has(end)) return;
  if (end && 'replaceTrack' in end) void end.replaceTrack(null).catch(() => undefined);
  else end?.track.stop();
}

/**
 * Chromium lets frames of a connection without encodedInsertableStreams go past a transform that comes
 * later than the task which made the sender or receiver, and does not say so: they would leave in the
 * clear. It does say that it is too late for createEncodedStreams() then, so that is asked, once; the
 * streams that it gives otherwise stay unused beside the transform.
 */
function refuseBypass(end: RTCRtpSender | RTCRtpReceiver): void {
  const source = end as EncodedStreamsSource;
  if (!proven.has(end)) source.createEncodedStreams?.();
}

function unreachable(error: unknown): E2eeError {
  return new E2eeError(
    'bad-argument',
    `This stream's frames cannot be reached (${String(error)}): spread E2ee.peerConnectionConfig into ` +
      'new RTCPeerConnection(), and attach each sender and receiver once.',
  );
}

function encodedStreams(end: RTCRtpSender | RTCRtpReceiver): EncodedStreams {
  const streams = (end as EncodedStreamsSource).createEncodedStreams?.();
  if (streams !== undefined) return streams;
  throw new UnsupportedError('unsupported', 'This browser has no createEncodedStreams().');
}
