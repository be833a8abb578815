// A delivery service in memory that is none of ours: what OrderedTransport asks for, and no more. Tests
// make it a hostile one by `carry`, which says what becomes of each message for each receiver.
import { MessageKind } from '../../../wasm/dist/index.js';

export class MemoryService {
  /** Everything that was sent: what a server sees. */
  seen = [];
  carry = (message) => [message];
  #last = 0;
  #connections = new Map();
  #renaming = new Map();
  #keyPackages = new Map();
  #ended = new Set();

  transport() {
    const service = this;
    let own;
    return {
      connect: async (endpoint, receiver) => service.#join(own = endpoint, receiver, (name) => { own = name; }),
      send: (message) => service.#send(own, message),
      close: () => service.#connections.delete(own),
    };
  }

  /** Says to the others that it has gone; whether that is so or not. */
  sayLeft(endpoint) {
    for (const [other, receiver] of this.#connections) if (other !== endpoint) receiver.left(endpoint);
  }

  /** Anything, to anybody. */
  inject(message, to) {
    for (const [endpoint, receiver] of this.#connections) {
      if (to === undefined || to === endpoint) receiver.message({ ...message, bytes: message.bytes.slice() });
    }
  }

  /** This connection has lost its place, and has another. */
  rename(endpoint, name) {
    const receiver = this.#connections.get(endpoint);
    this.#connections.delete(endpoint);
    this.#connections.set(name, receiver);
    this.#renaming.get(endpoint)(name);
    receiver.reconnected({ same: true, endpoint: name });
  }

  #join(endpoint, receiver, renamed) {
    const others = this.#connections.size;
    this.#connections.set(endpoint, receiver);
    this.#renaming.set(endpoint, renamed);
    // After those that are on their way already; connect() has returned by then.
    setImmediate(() => {
      for (const message of this.#keyPackages.values()) this.#deliver(message, endpoint);
    });
    return { others };
  }

  #send(sender, { kind, to, bytes }) {
    if (!this.#connections.has(sender)) return;
    const message = { kind, sender, bytes };
    this.seen.push(message);
    if (kind === MessageKind.HANDSHAKE) message.number = ++this.#last;
    if (kind === MessageKind.KEY_PACKAGE) this.#keyPackages.set(sender, message);
    if (kind === MessageKind.KEY_PACKAGE && bytes.length === 0) this.#keyPackages.delete(sender);
    for (const endpoint of [...this.#connections.keys()]) {
      if (kind !== MessageKind.WELCOME || to.includes(endpoint)) this.#deliver(message, endpoint);
    }
  }

  #deliver(message, to) {
    for (const carried of this.carry(message, to)) {
      setImmediate(() => this.#connections.get(to)?.message({ ...carried, bytes: carried.bytes.slice() }));
    }
  }
}
