// For tests only: keeps copies of the frames that a worker seals, before and after. The worker's
// script is prefixed on its way into the page; what ships has no such door.
const KEEP = 600;

const prefix = `{
  const taps = [];
  const entries = new WeakMap(); // by frame: the module changes what is in it, not the object
  const copy = (frame) => new Uint8Array(frame.data).slice();
  const isFrame = (value) => /^RTCEncoded(Video|Audio)Frame$/.test(value?.constructor.name);
  const { read } = ReadableStreamDefaultReader.prototype;
  ReadableStreamDefaultReader.prototype.read = async function () {
    const result = await read.call(this);
    const frame = result.value;
    if (isFrame(frame)) {
      entries.set(frame, { plain: copy(frame), video: frame.constructor.name === 'RTCEncodedVideoFrame',
        key: frame.type === 'key' });
    }
    return result;
  };
  const { write } = WritableStreamDefaultWriter.prototype;
  WritableStreamDefaultWriter.prototype.write = function (frame) {
    const entry = entries.get(frame);
    if (entry) {
      entry.sealed = copy(frame);
      if (entry.plain.length > 0 && taps.push(entry) > ${KEEP}) taps.shift();
    }
    return write.call(this, frame);
  };
  const channel = new BroadcastChannel('frame-tap');
  channel.onmessage = ({ data }) => { if (data === 'give') channel.postMessage({ taps }); };
}
`;

// For Participant.open({prepare: frameTap}).
export async function frameTap(context) {
  await context.route(/worker\.js/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: prefix + await response.text() });
  });
}

// [{plain, sealed, video, key}] as Buffers, newest last: frames of both directions.
export async function tappedFrames(person) {
  const frames = await person.page.evaluate(async () => {
    const channel = new BroadcastChannel('frame-tap');
    const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    const answer = await new Promise((resolve) => {
      channel.onmessage = ({ data }) => { if (data.taps) resolve(data.taps); };
      channel.postMessage('give');
      setTimeout(() => resolve([]), 2000);
    });
    channel.close();
    return answer.map((entry) => ({ ...entry, plain: hex(entry.plain), sealed: hex(entry.sealed) }));
  });
  return frames.map((entry) => ({ ...entry, plain: Buffer.from(entry.plain, 'hex'), sealed: Buffer.from(entry.sealed, 'hex') }));
}

// The KID of a sealed Opus or VP8 frame (RFC 9605 section 4.3), 16 hexadecimal digits.
export function kidOf({ sealed, video }) {
  const blob = video ? sealed.subarray(sealed[0] & 1 ? 1 : 10) : sealed;
  const config = blob[0];
  if (!(config & 0x80)) return (config >> 4 & 7).toString(16).padStart(16, '0');
  const size = (config >> 4 & 7) + 1;
  return blob.subarray(1, 1 + size).toString('hex').padStart(16, '0');
}
