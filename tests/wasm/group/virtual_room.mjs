// People in a room in virtual time, and what must hold whatever the service between them does.
import assert from 'node:assert/strict';
import { Person } from './people.mjs';
import { VirtualService } from './virtual_service.mjs';
import { Seeded, VirtualTime, virtualWorkers } from './virtual_worker.mjs';

const STEP = 100;

export class VirtualRoom {
  time = new VirtualTime();
  people = [];
  /** Who each name is: nobody is ever shown under it but this identity. */
  #identities = new Map();
  #everybody = new Set();

  constructor(seed) {
    this.seed = seed;
    this.random = new Seeded(seed);
    this.service = new VirtualService(this.time);
    this.link = `0.${Buffer.from(this.random.bytes(32)).toString('base64url')}`;
  }

  /** Asks to be let in. */
  async join(name, { link = this.link, endpoint = Buffer.from(this.random.bytes(16)).toString('base64url'), publishes = true, ...options } = {}) {
    globalThis.Worker = virtualWorkers(this.time, this.random);
    const person = await Person.join(this.service, { link, name, endpoint, publishes, ...options });
    person.name = name;
    this.people.push(person);
    this.#everybody.add(name);
    return person;
  }

  /** These have no page any more; who was kicked may be shown to nobody, either. */
  close(people, { kicked = false } = {}) {
    for (const person of people) {
      person.group.close();
      if (kicked) this.#everybody.delete(person.name);
    }
    this.people = this.people.filter((person) => !people.includes(person));
  }

  /** Of these names, all in it, in one epoch. */
  async with(...names) {
    for (const name of names) {
      const person = await this.join(name);
      await this.until(`${name} is in`, () => person.group.state === 'in');
    }
    await this.agreed(this.people);
    await this.check();
    return this.people;
  }

  async pass(milliseconds, look = 250) {
    for (let left = milliseconds; left > 0; left -= look) {
      await this.time.pass(Math.min(look, left));
      await this.check();
    }
  }

  async until(what, condition, { within = 60_000 } = {}) {
    for (let passed = 0; !await condition(); passed += STEP) {
      assert.ok(passed < within, `seed ${this.seed}: not within ${within / 1000} s: ${what}\n${await this.describe()}`);
      await this.time.pass(STEP);
      if (passed % 500 === 0) await this.check();
    }
  }

  /** Nobody's worker dies, and nobody is shown who is not one of us, or as somebody else. */
  async check() {
    for (const person of this.people) {
      assert.equal(person.count('failed'), 0, `seed ${this.seed}: the worker of ${person.name} died: ${JSON.stringify(person.events.at(-1))}`);
      for (const { name, identity } of await person.group.members()) {
        assert.ok(this.#everybody.has(name), `seed ${this.seed}: ${person.name} is shown ${name}, who is nobody of this room`);
        if (!this.#identities.has(name)) this.#identities.set(name, identity);
        assert.equal(identity, this.#identities.get(name), `seed ${this.seed}: ${person.name} is shown another ${name}`);
      }
    }
  }

  agreed(people, options) {
    const names = people.map(({ name }) => name).sort().join();
    return this.until(`${names} are one group`, async () => {
      const groups = await this.#groups(people);
      return groups?.length === 1;
    }, options);
  }

  /**
   * Until everybody is shown just those as present who are in the same group, under the same keys, and has been told
   * of all others that they are gone or do not answer. Returns the groups.
   */
  async consistent(options) {
    let groups = null;
    const present = ({ self, reachability }) => self || reachability === 'present';
    await this.until('everybody knows with whom it is', async () => (groups = await this.#groups(this.people, present)) !== null, options);
    for (const group of groups) {
      const together = group.map(({ name }) => name);
      for (const person of group) {
        const last = new Map(person.events.filter(({ type }) => /^member/.test(type)).map((event) => [event.name, event]));
        for (const [name, { type, ...member }] of last) {
          const here = type === 'memberChanged' && present(member);
          assert.equal(here, together.includes(name), `seed ${this.seed}: ${person.name} is told of ${name}`);
        }
      }
    }
    return groups;
  }

  /** Everybody hears everybody. */
  async talk(people) {
    for (const speaker of people) {
      const text = `${speaker.name} at ${this.time.now}`;
      await speaker.group.say(text);
      const heard = (listener) => listener.events.some((event) => event.type === 'chat' && event.text === text && event.name === speaker.name);
      await this.until(`all hear ${speaker.name}`, () => people.every((listener) => listener === speaker || heard(listener)));
    }
  }

  /** Null while somebody is in none, or is shown others than those who are in its own; of those who count. */
  async #groups(people, counts = () => true) {
    const groups = new Map();
    for (const person of people) {
      const agreement = await person.group.agreement();
      if (person.group.state !== 'in' || agreement === null) return null;
      groups.set(agreement, [...groups.get(agreement) ?? [], person]);
    }
    for (const group of groups.values()) {
      const names = group.map(({ name }) => name).sort().join();
      for (const person of group) {
        const shown = (await person.group.members()).filter(counts).map(({ name }) => name);
        if (shown.sort().join() !== names) return null;
      }
    }
    return [...groups.values()];
  }

  async describe() {
    const lines = [];
    for (const person of this.people) {
      const last = person.events.slice(-6).map(({ type, code, state, name, names, reason }) => [type, code, state, name, names, reason].filter(Boolean).join(' '));
      lines.push(`${person.name}: ${person.group.state}, ${await person.group.epoch()}, sees ${await person.names()}; ${last.join(', ')}`);
    }
    return lines.join('\n');
  }
}
