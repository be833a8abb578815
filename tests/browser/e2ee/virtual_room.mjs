// Rooms in virtual time: the worker's rules with a clock of the test's own and frames made by hand.
import { Core, Events, Lock, Room, RoomLink, Samples, linkBytes } from './inside.mjs';

export const ALICE = 'YWxpY2VhbGljZWFsaWNlYQ', BOB = 'Ym9iYm9iYm9iYm9iYm9iYg', CAROL = 'Y2Fyb2xjYXJvbGNhcm9sYw';

export class VirtualTime {
  now = 0;
  #timers = [];
  later = (milliseconds, run) => { this.#timers.push({ at: this.now + milliseconds, run }); };
  advance(milliseconds) {
    const end = this.now + milliseconds;
    for (;;) {
      const due = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#timers.splice(this.#timers.indexOf(due), 1);
      this.now = due.at;
      due.run();
    }
    this.now = end;
  }
}

// One endpoint: `room` is the worker's, `events` what the page would be told.
export async function endpoint(time, secretByte = 7) {
  const events = [];
  const now = () => time.now;
  const context = {
    core: await Core.load(linkBytes), lock: new Lock(), now, later: time.later,
    events: new Events((event) => events.push({ type: event.type, ...event.detail }), now),
    samples: new Samples(() => undefined, now),
  };
  const room = new Room(context, 'sotto', null), link = new RoomLink(context, room, () => 1000 + time.now);
  room.bring(link);
  link.setKey({ type: 'link', room: 'quiet-otter', generation: 0, secret: new Uint8Array(32).fill(secretByte) });
  return { room, link, events, context };
}

export const frame = (mimeType, type, text = 'a frame of some encoder') => ({
  data: new TextEncoder().encode(text).buffer, ...(type ? { type } : {}), getMetadata: () => ({ mimeType }),
});

// What a sender's stream makes of a frame: sealed bytes, as the bridge carries them.
export function sender(from, source) {
  const kind = source === 'camera' || source === 'screen' ? 'video' : 'audio';
  const stream = from.room.addSender({ side: 'send', source, kind, codec: undefined, id: 0 }, () => undefined);
  const mime = kind === 'video' ? 'video/VP9' : 'audio/opus';
  return (type = kind === 'video' ? 'delta' : undefined, text) => {
    const out = [];
    stream.send(frame(mime, type, text), (sealed) => out.push(sealed));
    return out[0];
  };
}

export const copy = (sealed) => ({ ...sealed, data: sealed.data.slice(0) });

// A receiver: `give(frame)`, and `shown`, the texts of what was passed to the decoder.
export function receiver(to, slot, kind) {
  const shown = [], asked = [];
  const stream = to.room.addReceiver({ side: 'receive', slot, kind, codec: undefined }, () => asked.push(to.context.now()));
  const give = (sealed) => stream.receive(copy(sealed), (opened) => shown.push(new TextDecoder().decode(opened.data)));
  return { give, shown, asked, drops: () => stream.report().drops, report: () => stream.report() };
}

export const introduce = (who, name, to) => to.link.openState(name, who.link.sealState(name, { name, muted: {} }));
