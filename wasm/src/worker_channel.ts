import { E2eeError, errorOf, WorkerError } from './errors.js';
import type { Answers, FromWorker, Request, ToWorker } from './protocol.js';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: E2eeError): void;
}

/** The page's end of the worker: requests with answers, and messages that come by themselves. */
export class WorkerChannel {
  readonly worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #onMessage: (message: FromWorker) => void;
  readonly #ready: Promise<void>;
  #settleReady: Waiting | null = null;
  #nextRequest = 0;
  #ended: E2eeError | null = null;

  constructor(url: string | URL, onMessage: (message: FromWorker) => void) {
    this.#onMessage = onMessage;
    this.#ready = new Promise<void>((resolve, reject) => {
      this.#settleReady = { resolve: () => resolve(), reject };
    });
    this.#ready.catch(() => undefined); // whoever asks gets it from whenReady()
    this.worker = new Worker(url, { type: 'module', name: 'sotto-e2ee' });
    this.worker.onmessage = (event: MessageEvent<FromWorker>) => this.#receive(event.data);
    this.worker.onerror = (event) => {
      const reason = event.message ? `: ${event.message}` : '';
      this.#receive({ type: 'failed', code: 'worker-failed', message: `The encryption worker could not run${reason}` });
    };
  }

  whenReady(): Promise<void> {
    return this.#ready;
  }

  send(message: ToWorker, transfer: Transferable[] = []): void {
    if (this.#ended !== null) throw this.#ended;
    this.worker.postMessage(message, transfer);
  }

  request<T extends Request>(body: T, transfer: Transferable[] = []): Promise<Answers[T['type']]> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    const request = this.#nextRequest++;
    return new Promise((resolve, reject) => {
      try {
        this.worker.postMessage({ type: 'request', request, body } satisfies ToWorker, transfer);
      } catch (error) {
        return reject(new E2eeError('bad-argument', `This cannot be handed to the worker (${String(error)}): pass plain data.`));
      }
      this.#waiting.set(request, { resolve: resolve as (value: unknown) => void, reject });
    });
  }

  close(): void {
    this.#end(new WorkerError('closed', 'Encryption has been closed: call E2ee.create() again.'));
    this.worker.terminate();
  }

  get ended(): E2eeError | null {
    return this.#ended;
  }

  #receive(message: FromWorker): void {
    switch (message.type) {
      case 'ready':
        this.#settleReady?.resolve(undefined);
        break;
      case 'reply':
        this.#take(message.request)?.resolve(message.value);
        break;
      case 'refusal':
        this.#take(message.request)?.reject(errorOf(message.code, message.message));
        break;
      case 'failed':
        this.#end(errorOf(message.code, message.code === 'worker-failed' ? `${message.message}. Reload the page.` : message.message));
        // An error that nobody caught leaves it running, and people heard who are told that they are not.
        this.worker.terminate();
        this.#onMessage(message);
        break;
      default:
        this.#onMessage(message);
    }
  }

  #take(request: number): Waiting | undefined {
    const waiting = this.#waiting.get(request);
    this.#waiting.delete(request);
    return waiting;
  }

  #end(error: E2eeError): void {
    if (this.#ended !== null) return;
    this.#ended = error;
    this.#settleReady?.reject(error);
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}
