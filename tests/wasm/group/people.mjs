// People in a room, by the built package in threads of Node.
import './node_worker.mjs';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { Witness } from './witness.mjs';

const { Group } = await import('../../../wasm/dist/index.js');
const PATIENCE = 60_000;

export const newLink = () => `0.${randomBytes(32).toString('base64url')}`;

const TYPES = ['stateChanged', 'ended', 'memberChanged', 'memberGone', 'removalsPending', 'chat', 'chatDelivered', 'reaction',
  'directCall', 'linkChanged', 'roomChanged', 'joinRequested', 'codeShown', 'heardByOthers', 'answered', 'trouble', 'failed'];

/** A member and everything that it was told. */
export class Person extends Witness {
  static async join(service, { link, name, room = 'quiet-otter', ...options }) {
    const person = new Person();
    const transport = service.transport();
    person.group = await Group.join({ room, link, name, transport, identity: 'new', ...options });
    for (const type of TYPES) {
      person.group.addEventListener(type, ({ detail }) => person.note({ type, ...detail }));
    }
    return person;
  }

  async in() {
    if (this.group.state !== 'in') await this.told('stateChanged', ({ state }) => state === 'in');
    return this;
  }

  async names() {
    return (await this.group.members()).map(({ name }) => name).sort();
  }

  async idOf(name) {
    return (await this.group.members()).find((member) => member.name === name).id;
  }
}

/** Until all see these names, and agree on the group. */
export async function agree(people, names) {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const seen = await Promise.all(people.map((person) => person.names()));
    const agreements = new Set(await Promise.all(people.map(({ group }) => group.agreement())));
    const same = seen.every((all) => all.join() === [...names].sort().join());
    if (same && agreements.size === 1 && !agreements.has(null)) return;
    assert.ok(Date.now() < deadline, `they see ${JSON.stringify(seen)} and agree on ${agreements.size}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
