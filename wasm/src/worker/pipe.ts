import type { StreamOptions } from '../protocol.js';
import type { EncodedFrame, Output } from './frame.js';
import type { Room } from './room.js';

/** Puts a stream of the room between a codec and the network, until the browser ends it. */
export function connect(
  room: Room,
  options: StreamOptions,
  readable: ReadableStream<EncodedFrame>,
  writable: WritableStream<EncodedFrame>,
  guarded: (run: () => void) => void,
  askForKeyFrame: () => void,
): void {
  const stream =
    options.side === 'send' ? room.addSender(options, askForKeyFrame) : room.addReceiver(options, askForKeyFrame);
  const handle = 'send' in stream ? stream.send.bind(stream) : stream.receive.bind(stream);
  const ended = (): void => ('send' in stream ? room.removeSender(stream) : room.removeReceiver(stream));
  const each = (frame: EncodedFrame, output: Output): void => guarded(() => handle(frame, output));
  void pump(readable, writable, each).finally(ended);
}

/**
 * What pipeThrough(new TransformStream()).pipeTo() does, at less than half of its cost a frame:
 * for small frames the streams cost more than the seal. Ends when either side does.
 */
async function pump(
  readable: ReadableStream<EncodedFrame>,
  writable: WritableStream<EncodedFrame>,
  each: (frame: EncodedFrame, output: Output) => void,
): Promise<void> {
  const reader = readable.getReader();
  const writer = writable.getWriter();
  // A held frame may outlive its stream, and with it whoever would have played it.
  const output: Output = (frame) => void writer.write(frame).catch(ignore);
  // While no frame comes, nothing but this notices that the other side has gone.
  writer.closed.catch((reason) => reader.cancel(reason).catch(ignore));
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      each(value, output);
      await writer.ready; // takes no more frames than the other side has room for
    }
    await writer.close();
  } catch (reason) {
    await Promise.allSettled([reader.cancel(reason), writer.abort(reason)]);
  }
}

function ignore(): void {}
