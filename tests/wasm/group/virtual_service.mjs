// A delivery service in virtual time. It keeps to OrderedTransport; `carry` says what becomes of each message
// for each receiver, and is where a test makes it a hostile one.
import { MessageKind } from '../../../wasm/dist/index.js';

const { HANDSHAKE, KEY_PACKAGE, WELCOME } = MessageKind;
const LATENCY = 10;

export class VirtualService {
  /** Everything that was sent. */
  seen = [];
  /** [{message, after}]: `after` so many milliseconds more than it takes. */
  carry = (message) => [{ message, after: 0 }];
  #time;
  #last = 0;
  #receivers = new Map();
  #keyPackages = new Map();
  #welcomes = new Map();

  constructor(time) {
    this.#time = time;
  }

  transport() {
    let own;
    return {
      connect: async (endpoint, receiver) => {
        own = endpoint;
        const others = this.#receivers.size;
        this.#receivers.set(endpoint, receiver);
        for (const message of this.#keyPackages.values()) this.deliver(message, endpoint);
        return { others };
      },
      send: (message) => this.#send(own, message),
      close: () => {
        if (!this.#receivers.delete(own)) return;
        this.#keyPackages.delete(own);
        for (const receiver of this.#receivers.values()) this.#time.later(LATENCY, () => receiver.left(own));
      },
    };
  }

  get endpoints() { return [...this.#receivers.keys()]; }

  /** From now on honest again: to everybody it says that the connection was lost, and not that nothing is missing. */
  reconnectAll() {
    for (const [endpoint, receiver] of this.#receivers) {
      receiver.reconnected({ same: true });
      for (const message of [...this.#keyPackages.values(), ...this.#welcomes.get(endpoint) ?? []]) this.deliver(message, endpoint);
    }
  }

  /** Whatever it is, to whom it may be. */
  inject(message, to, after = 0) {
    this.#time.later(LATENCY + after, () => this.#receivers.get(to)?.message({ ...message, bytes: message.bytes.slice() }));
  }

  deliver(message, to) {
    for (const carried of this.carry(message, to)) this.inject(carried.message, to, carried.after);
  }

  #send(sender, { kind, to, bytes }) {
    if (!this.#receivers.has(sender)) return;
    const message = { kind, sender, bytes, ...kind === HANDSHAKE && { number: ++this.#last } };
    this.seen.push({ ...message, to });
    if (kind === KEY_PACKAGE) {
      if (bytes.length > 0) this.#keyPackages.set(sender, message);
      else {
        this.#keyPackages.delete(sender);
        this.#welcomes.delete(sender);
      }
    }
    for (const endpoint of this.endpoints) {
      if (kind === WELCOME) {
        if (!to.includes(endpoint) || !this.#keyPackages.has(endpoint)) continue;
        this.#welcomes.set(endpoint, [...this.#welcomes.get(endpoint) ?? [], message]);
      }
      this.deliver(message, endpoint);
    }
  }
}
