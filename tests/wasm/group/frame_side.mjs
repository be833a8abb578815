// The worker's frame side under a group's keys, in Node: its own rules on the built module, between
// streams made by hand.
import { webcrypto } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

globalThis.crypto ??= webcrypto;
const wasm = new URL('../../../wasm/', import.meta.url);
const { outputFiles } = await build({
  stdin: {
    contents: `export { Core } from './worker/core.ts'; export { Room } from './worker/room.ts'; export { RoomLink } from './worker/epochs.ts';
      export { Events } from './worker/events.ts'; export { Samples } from './worker/samples.ts'; export { Lock } from './worker/lock.ts';`,
    resolveDir: fileURLToPath(new URL('src', wasm)),
    loader: 'ts',
  },
  bundle: true, format: 'esm', platform: 'node', target: 'node18', write: false,
});
export const { Core, Room, RoomLink, Events, Samples, Lock } =
  await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
const module = await readFile(new URL('dist/sotto-epochs.wasm', wasm));

export const encoded = (mimeType, type, text) => (
  { data: new TextEncoder().encode(text).buffer, type, getMetadata: () => ({ mimeType }) });

export class FrameSide {
  /** What crossed between the workers, in this direction. */
  crossed = [];
  events = [];

  /**
   * Of this member: its keys come from its group. `alter` is a script in between. Tests that leave a rule out
   * bring a lock of their own, or take other times for the worker's.
   */
  static async of(person, alter = (message) => message,
    { lock = new Lock(), now = () => performance.now(), wait = (milliseconds) => milliseconds } = {}) {
    const side = new FrameSide();
    const timers = new Set();
    const context = {
      core: await Core.load(module), lock, now,
      events: new Events((event) => side.events.push({ type: event.type, ...event.detail }), now),
      samples: new Samples(() => undefined, now),
      later: (milliseconds, run) => {
        const timer = setTimeout(() => { timers.delete(timer); run(); }, wait(milliseconds));
        timers.add(timer);
      },
    };
    side.lock = lock;
    const messages = new EventTarget();
    side.room = new Room(context, 'sotto', null);
    side.link = new RoomLink(context, side.room, Date.now, messages);
    side.room.bring(side.link);
    const ours = new MessageChannel(), theirs = new MessageChannel();
    ours.port2.onmessage = ({ data }) => theirs.port1.postMessage(data);
    theirs.port1.onmessage = ({ data }) => {
      side.crossed.push(data);
      for (const message of [alter(data)].flat()) ours.port2.postMessage(message);
    };
    side.memory = context.core.exports.memory;
    side.end = () => {
      timers.forEach(clearTimeout);
      for (const { port1, port2 } of [ours, theirs]) { port1.close(); port2.close(); }
    };
    messages.dispatchEvent(Object.assign(new Event('message'), { data: { type: 'group', port: ours.port1 } }));
    person.group.connectFrames(theirs.port2);
    return side;
  }

  /** `sender('camera')(text, type)` is the frame on the wire; null when it was not sealed. */
  sender(source) {
    const kind = source === 'camera' || source === 'screen' ? 'video' : 'audio';
    const stream = this.room.addSender({ side: 'send', source, kind, codec: undefined, id: 0 }, () => undefined);
    return (text, type = 'key') => {
      const out = [];
      stream.send(encoded(kind === 'video' ? 'video/VP9' : 'audio/opus', type, text), (sealed) => out.push(sealed));
      return out[0] ?? null;
    };
  }

  receiver(slot, kind) {
    const shown = [];
    const stream = this.room.addReceiver({ side: 'receive', slot, kind, codec: undefined }, () => undefined);
    return {
      shown,
      stream,
      give: (sealed) => stream.receive({ ...sealed, data: sealed.data.slice(0) },
        (opened) => shown.push(new TextDecoder().decode(opened.data))),
      drops: () => stream.report().drops,
      lagging: () => stream.report().lagging,
    };
  }
}
