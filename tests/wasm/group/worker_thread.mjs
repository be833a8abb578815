// What a worker finds in a browser and a thread of Node lacks; then the worker itself.
import { webcrypto } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';

globalThis.crypto ??= webcrypto;
globalThis.self = globalThis;
self.postMessage = (message, transfer) => parentPort.postMessage(message, transfer);
self.fetch = async (url) => {
  const bytes = await readFile(url);
  return { ok: true, arrayBuffer: async () => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) };
};
await import(workerData);
parentPort.on('message', (data) => self.onmessage?.({ data }));
