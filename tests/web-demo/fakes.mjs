// A socket that the test holds the other end of, and a clock that moves when told.
export class FakeNetwork {
  time = 0;
  sockets = [];
  refusing = false;
  #timers = [];

  environment = {
    openSocket: () => {
      const socket = {
        sent: [], closed: null, onopen: null, onmessage: null, onclose: null,
        send(text) { this.sent.push(JSON.parse(text)); },
        close(code) { this.closed ??= code ?? 1000; },
        // What the bridge does:
        open() { this.onopen?.(); },
        say(message) { this.onmessage?.({data: typeof message === 'string' ? message : JSON.stringify(message)}); },
        drop(code = 1006) { this.onclose?.({code}); },
      };
      this.sockets.push(socket);
      return socket;
    },
    setTimer: (ms, action) => {
      const timer = {at: this.time + ms, action};
      this.#timers.push(timer);
      return () => { this.#timers = this.#timers.filter((other) => other !== timer); };
    },
    now: () => this.time,
    random: () => 0.5,
  };

  get socket() { return this.sockets.at(-1); }

  advance(ms) {
    const until = this.time + ms;
    for (;;) {
      const next = this.#timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.time = next.at;
      next.action();
    }
    this.time = until;
  }
}

export const settled = () => new Promise((resolve) => setImmediate(resolve));
