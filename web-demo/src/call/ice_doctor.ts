// Restarts ICE on a connection that has lost its path: at once when it has failed, after a moment
// when it is only disconnected (that often mends itself), and again while it stays so.

const DISCONNECTED_MS = 2500;
const FAILED_MS = 0;
const AGAIN_MS = 4000;

export interface Watched {
  on(name: 'connection', listener: (state: RTCPeerConnectionState) => void): () => void;
}

export class IceDoctor {
  private cancel: (() => void) | null = null;
  private readonly stop: () => void;

  constructor(connection: Watched, private readonly setTimer: (ms: number, action: () => void) => () => void,
              private readonly restart: () => void) {
    this.stop = connection.on('connection', (state) => this.onState(state));
  }

  close(): void {
    this.stop();
    this.cancel?.();
  }

  private onState(state: RTCPeerConnectionState): void {
    this.cancel?.();
    this.cancel = null;
    if (state === 'disconnected') this.schedule(DISCONNECTED_MS);
    if (state === 'failed') this.schedule(FAILED_MS);
  }

  private schedule(ms: number): void {
    this.cancel = this.setTimer(ms, () => {
      this.restart();
      this.schedule(AGAIN_MS);
    });
  }
}
