// Keeps one group: hands the module what comes in, and passes on what comes out of it.
import { decodeBase64url, encodeBase64url } from '../../base64url.js';
import type { E2eeErrorCode } from '../../errors.js';
import { E2eeError } from '../../errors.js';
import { Wish, type FromGroupWorker, type GroupRequest, type GroupStart } from '../protocol.js';
import { MessageKind, type IncomingMessage } from '../transport.js';
import type { GroupMember } from '../types.js';
import type { GroupModule } from './module.js';
import { ENDPOINT_SIZE, JOIN_POLICIES, Reader, readEvent, readMembers } from './reader.js';

/** Time is an argument: tests bring their own. */
export interface Clock {
  /** Milliseconds, never going back. */
  now(): number;
  unixSeconds(): number;
  later(milliseconds: number, run: () => void): () => void;
}

const encoder = new TextEncoder();
const LONGEST_TIMER = 2 ** 31 - 1;

/** In the order of base/error.h, as far as the module answers so. */
const REFUSALS: Readonly<Record<number, [E2eeErrorCode, string]>> = {
  [-10]: ['busy', 'Too much is on its way already: wait until it has come back.'],
  [-11]: ['not-now', 'This cannot be done now: is one in the group, and is it a moderator\'s to do?'],
  [-12]: ['bad-argument', 'There is no such member, or nobody who waits.'],
};

function refusal(result: number): E2eeError {
  const [code, message] = REFUSALS[result] ?? ['bad-argument', 'The group does not take this: mend the call.'];
  return new E2eeError(code, message);
}

export class Keeper {
  readonly #module: GroupModule;
  readonly #clock: Clock;
  readonly #post: (message: FromGroupWorker, transfer?: Transferable[]) => void;
  readonly #keepPins: (pins: Uint8Array<ArrayBuffer>) => void;
  #frames: MessagePort | null = null;
  #cancelTimer: () => void = () => undefined;

  constructor(
    module: GroupModule,
    clock: Clock,
    post: (message: FromGroupWorker, transfer?: Transferable[]) => void,
    keepPins: (pins: Uint8Array<ArrayBuffer>) => void,
  ) {
    this.#module = module;
    this.#clock = clock;
    this.#post = post;
    this.#keepPins = keepPins;
  }

  /** `identity` is empty for a new one; it is zeros afterwards, and so is the link. */
  create(start: GroupStart, identity: Uint8Array, pins: Uint8Array | null): void {
    const bits = (start.publishes ? 1 : 0) | (start.mediaEncrypted ? 0 : 2) | (start.permanent ? 4 : 0);
    const sized = (bytes: Uint8Array): Uint8Array[] => {
      if (bytes.length > 255) throw new E2eeError('bad-argument', 'The room, the link or the name is too long.');
      return [Uint8Array.of(bytes.length), bytes];
    };
    const parts = [
      Uint8Array.of(bits, JOIN_POLICIES.indexOf(start.joinPolicy), 0, 3),
      start.endpoint,
      ...sized(identity),
      ...sized(encoder.encode(start.room)),
      ...sized(start.fragment),
      ...sized(encoder.encode(start.name)),
    ];
    this.#module.write(...parts);
    identity.fill(0);
    start.fragment.fill(0);
    const result = this.#module.exports.sotto_group_create(parts.reduce((sum, part) => sum + part.length, 0));
    if (result < 0) {
      throw new E2eeError('bad-argument', 'There is something wrong with the room, the link or the name.');
    }
    if (pins !== null && this.#module.write(pins)) {
      // What is damaged is left out: whoever was met before is new then.
      this.#module.exports.sotto_group_wish(19, 0, pins.length, this.#clock.now());
    }
  }

  follow(others: number): void {
    this.#module.exports.sotto_group_start(others, this.#clock.now(), this.#clock.unixSeconds());
    this.#settle();
  }

  receive({ kind, sender, number, bytes }: IncomingMessage): void {
    const endpoint = decodeBase64url(sender);
    if (endpoint?.length !== ENDPOINT_SIZE || !this.#module.write(endpoint, bytes)) return;
    const size = ENDPOINT_SIZE + bytes.length;
    this.#module.exports.sotto_group_handle(kind, size, number ?? 0, this.#clock.now());
    this.#settle();
  }

  left(sender: string): void {
    const endpoint = decodeBase64url(sender);
    if (endpoint?.length !== ENDPOINT_SIZE || !this.#module.write(endpoint)) return;
    this.#module.exports.sotto_group_endpoint_left(this.#clock.now());
    this.#settle();
  }

  /** `renamed`: what the server calls this connection from now on; null: as before. */
  reconnected(same: boolean, renamed: string | null): void {
    const endpoint = renamed === null ? null : decodeBase64url(renamed);
    const named = endpoint?.length === ENDPOINT_SIZE && this.#module.write(endpoint);
    this.#module.exports.sotto_group_log(same ? 1 : 0, named ? 1 : 0, this.#clock.now());
    this.#settle();
  }

  /** The first message from there is a public key; what goes there is sealed for it. */
  connectFrames(port: MessagePort): void {
    this.#frames?.close();
    this.#frames = port;
    let connected = false;
    port.onmessage = ({ data }: MessageEvent<Uint8Array>) => {
      if (this.#frames !== port || !this.#module.write(data)) return;
      const { exports } = this.#module;
      if (connected) exports.sotto_group_streams(data.length, this.#clock.now());
      // An epoch is given away once: whoever comes later waits for the next.
      else if (exports.sotto_group_connect_frames() === 0) exports.sotto_group_wish(Wish.UPDATE, 0, 0, this.#clock.now());
      connected = true;
      this.#settle();
    };
  }

  answer(body: GroupRequest): number | string | GroupMember[] | null {
    const { exports } = this.#module;
    switch (body.type) {
      case 'wish':
        return this.#wish(body.wish, body.argument, body.bytes ?? new Uint8Array(0));
      case 'members':
        return readMembers(this.#module.output(exports.sotto_group_members(this.#clock.now())) ?? new Uint8Array(2));
      case 'fingerprint': {
        const digits = this.#module.output(exports.sotto_group_fingerprint(body.leaf));
        return digits && new TextDecoder().decode(digits);
      }
      case 'agreement': {
        const agreement = this.#module.output(exports.sotto_group_agreement());
        return agreement && encodeBase64url(agreement);
      }
      case 'epoch': {
        const epoch = exports.sotto_group_epoch();
        return epoch < 0 ? null : epoch;
      }
    }
  }

  #wish(wish: Wish, argument: number, bytes: Uint8Array): number {
    if (!this.#module.write(bytes)) throw refusal(-4);
    const result = this.#module.exports.sotto_group_wish(wish, argument, bytes.length, this.#clock.now());
    this.#settle();
    if (result < 0) throw refusal(result);
    return result;
  }

  /** After everything that went in. */
  #settle(): void {
    const { exports } = this.#module;
    let met = false;
    for (;;) {
      // Keys first: what follows may already be sealed under them.
      const sealed = this.#frames && this.#module.output(exports.sotto_group_poll_frames());
      if (sealed) {
        this.#frames!.postMessage(sealed, [sealed.buffer]);
        continue;
      }
      const event = this.#module.output(exports.sotto_group_poll_event());
      if (event) {
        const told = readEvent(event);
        met ||= told.type === 'memberChanged' || told.type === 'codeShown';
        this.#post({ type: 'event', event: told });
        continue;
      }
      const message = this.#module.output(exports.sotto_group_poll_message());
      if (!message) break;
      this.#send(message);
    }
    if (met) this.#pins();
    this.#setTimer();
  }

  #send(message: Uint8Array): void {
    const from = new Reader(message);
    const kind = from.uint(1) as MessageKind;
    const to = from.list(() => from.endpoint());
    const bytes = from.rest();
    this.#post({ type: 'send', message: { kind, to, bytes } }, [bytes.buffer]);
  }

  #pins(): void {
    const pins = this.#module.output(this.#module.exports.sotto_group_pins());
    if (pins) this.#keepPins(pins);
  }

  #setTimer(): void {
    this.#cancelTimer();
    const at = this.#module.exports.sotto_group_next_timeout();
    if (at < 0) return;
    // Not a moment too early: the module would ask for the rest of it at once.
    const wait = Math.min(Math.max(Math.ceil(at - this.#clock.now()), 0) + 1, LONGEST_TIMER);
    this.#cancelTimer = this.#clock.later(wait, () => {
      this.#module.exports.sotto_group_timeout(this.#clock.now());
      this.#settle();
    });
  }
}
