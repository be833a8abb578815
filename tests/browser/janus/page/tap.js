// Keeps copies of frames as lists of numbers: at a sender before and after the module, at a receiver
// as the SFU has relayed them. By createEncodedStreams, whose streams pass through the page.
const KEEP = 1000;

function note(frames, entry) {
  if (entry.bytes.length > 0 && frames.push(entry) > KEEP) frames.shift();
}

const bytesOf = (frame) => Array.from(new Uint8Array(frame.data));

const noting = (frames, stage, video) => new TransformStream({
  transform(frame, controller) {
    note(frames, { stage, video, bytes: bytesOf(frame) });
    controller.enqueue(frame);
  },
});

// Before the module is attached: it then gets its frames from here.
export function tapSender(sender, frames) {
  const video = sender.track.kind === 'video';
  const native = sender.createEncodedStreams.bind(sender);
  sender.createEncodedStreams = () => {
    const { readable, writable } = native();
    const after = noting(frames, 'sealed', video);
    after.readable.pipeTo(writable).catch(() => undefined);
    return { readable: readable.pipeThrough(noting(frames, 'plain', video)), writable: after.writable };
  };
}

// In the module's place.
export function tapReceiver(receiver, frames) {
  const { readable, writable } = receiver.createEncodedStreams();
  readable.pipeThrough(noting(frames, 'relayed', receiver.track.kind === 'video')).pipeTo(writable).catch(() => undefined);
}
