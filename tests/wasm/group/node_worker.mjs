// Worker, as the page's side of the package uses it, by a thread of Node; and CustomEvent for Node 18.
import { webcrypto } from 'node:crypto';
import { Worker as Thread } from 'node:worker_threads';

globalThis.crypto ??= webcrypto;
globalThis.CustomEvent ??= class CustomEvent extends Event {
  constructor(type, { detail }) {
    super(type);
    this.detail = detail;
  }
};
globalThis.Worker = class Worker {
  #thread;
  constructor(url) {
    this.#thread = new Thread(new URL('./worker_thread.mjs', import.meta.url), { workerData: String(url) });
    this.#thread.on('message', (data) => this.onmessage?.({ data }));
    this.#thread.on('error', (error) => this.onerror?.({ message: error.message }));
  }
  postMessage(message, transfer) {
    this.#thread.postMessage(message, transfer);
  }
  terminate() {
    void this.#thread.terminate();
  }
};
