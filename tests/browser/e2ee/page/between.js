// Stands where a bridge stands: between the sealed frames of one side and the other side's module.
// Only with encoded streams, whose readable and writable pass through the page.
//
// `seen` has the first bytes of the encoder's frames (plain), of what left the sender's module
// (sent) and of what reached the receiver's (received); `alter.received` is given each of the latter
// and returns what to deliver: an array of frames.
//
// For VP8 and VP9 only: frames that are passed through the page on their way to a worker are copies,
// and Chromium then no longer knows which H.264 and AV1 frames follow each other.
export function standBetween(alter, via) {
  const seen = { plain: [], sent: [], received: [] };
  if (!alter) return { seen, undo: () => undefined };
  if (via !== 'encoded-streams') throw new Error('standing between needs encoded streams');
  const sender = RTCRtpSender.prototype.createEncodedStreams;
  const receiver = RTCRtpReceiver.prototype.createEncodedStreams;

  RTCRtpSender.prototype.createEncodedStreams = function () {
    const { readable, writable } = sender.call(this);
    const layer = new TransformStream({
      transform(frame, controller) {
        note(seen.sent, frame);
        controller.enqueue(frame);
      },
    });
    layer.readable.pipeTo(writable).catch(() => undefined);
    const before = new TransformStream({
      transform(frame, controller) {
        note(seen.plain, frame);
        controller.enqueue(frame);
      },
    });
    readable.pipeTo(before.writable).catch(() => undefined);
    return { readable: before.readable, writable: layer.writable };
  };
  RTCRtpReceiver.prototype.createEncodedStreams = function () {
    const { readable, writable } = receiver.call(this);
    const change = alter.received;
    const layer = new TransformStream({
      transform(frame, controller) {
        note(seen.received, frame);
        for (const delivered of change ? change(frame) : [frame]) controller.enqueue(delivered);
      },
    });
    readable.pipeTo(layer.writable).catch(() => undefined);
    return { readable: layer.readable, writable };
  };
  return {
    seen,
    undo() {
      RTCRtpSender.prototype.createEncodedStreams = sender;
      RTCRtpReceiver.prototype.createEncodedStreams = receiver;
    },
  };
}

function note(list, frame) {
  if (list.length >= 400) return;
  const bytes = Array.from(new Uint8Array(frame.data).slice(0, 128));
  list.push({ type: frame.type ?? 'audio', bytes, size: frame.data.byteLength });
}
