import type { StreamOptions } from '../protocol.js';
import type { EncodedFrame, Output } from './frame.js';
import type { Room } from './room.js';

/** Puts a stream of the room between a codec and the network, until the browser ends it. */
export function connect(
  room: Room,
  options: StreamOptions,
  readable: ReadableStream,
  writable: WritableStream,
  guarded: (run: () => void) => void,
  askForKeyFrame: () => void,
): void {
  const stream = options.side === 'send' ? room.addSender(options) : room.addReceiver(options, askForKeyFrame);
  const handle = 'send' in stream ? stream.send.bind(stream) : stream.receive.bind(stream);
  const ended = (): void => ('send' in stream ? room.removeSender(stream) : room.removeReceiver(stream));
  readable
    .pipeThrough(
      new TransformStream<EncodedFrame, EncodedFrame>({
        transform(frame, controller) {
          guarded(() => handle(frame, into(controller)));
        },
      }),
    )
    .pipeTo(writable)
    .then(ended, ended);
}

// A held frame may outlive its stream.
function into(controller: TransformStreamDefaultController<EncodedFrame>): Output {
  return (frame) => {
    try {
      controller.enqueue(frame);
    } catch {
      // The stream has ended, and with it whoever would have played this frame.
    }
  };
}
