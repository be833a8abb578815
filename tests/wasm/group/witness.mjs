// Somebody to whom things happen, and who remembers all of them in their order.
const PATIENCE = 60_000;

export class Witness {
  events = [];
  #looking = new Set();

  note(event) {
    this.events.push(event);
    for (const look of this.#looking) look();
  }

  /** The first event of this kind, also if it has come already. */
  async told(type, matches = () => true) {
    const find = () => this.events.find((event) => event.type === type && matches(event));
    return find() ?? new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#looking.delete(look);
        reject(new Error(`no ${type} came; events: ${JSON.stringify(this.events)}`));
      }, PATIENCE);
      const look = () => {
        const event = find();
        if (event === undefined) return;
        clearTimeout(timer);
        this.#looking.delete(look);
        resolve(event);
      };
      this.#looking.add(look);
      look();
    });
  }

  count(type) {
    return this.events.filter((event) => event.type === type).length;
  }
}
