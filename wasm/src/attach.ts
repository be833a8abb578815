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
    if (channel.ended !== null) throw channel.ended;
    return;
  }
  const { readable, writable } = encodedStreams(end);
  channel.send({ type: 'attach', options, readable, writable }, [readable, writable]);
}

function encodedStreams(end: RTCRtpSender | RTCRtpReceiver) {
  try {
    const streams = (end as EncodedStreamsSource).createEncodedStreams?.();
    if (streams !== undefined) return streams;
  } catch (error) {
    throw new E2eeError(
      'bad-argument',
      `This stream's frames cannot be reached (${String(error)}): spread E2ee.peerConnectionConfig into ` +
        'new RTCPeerConnection(), and attach each sender and receiver once.',
    );
  }
  throw new UnsupportedError('unsupported', 'This browser has no createEncodedStreams().');
}
