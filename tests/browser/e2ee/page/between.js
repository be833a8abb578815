// Stands where a bridge stands: between the sealed frames of one side and the other side's module.
// Only with encoded streams, whose readable and writable pass through the page.
//
// `alter.sent(frame, bytes)` sees each frame as it leaves the sender's module; `alter.received`
// sees it before the receiver's module does and returns what to deliver: an array of frames.
export function standBetween(alter, via) {
  const seen = { sent: [], received: [] };
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
    return { readable, writable: layer.writable };
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
    readable.pipeThrough(layer);
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
  if (list.length < 400) list.push({ type: frame.type ?? 'audio', bytes: Array.from(new Uint8Array(frame.data).slice(0, 64)), size: frame.data.byteLength });
}
