// Members of a group without a browser and without media: the package in threads of Node, over the
// bridge's delivery service as the page uses it.
import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import { Person } from '../../wasm/group/people.mjs';
import { load } from '../../web-demo/load.mjs';

const { SignalingClient } = await load('signaling/client.ts');
const { GroupTransport } = await load('signaling/group_transport.ts');

function environmentAt(bridge) {
  return {
    openSocket: () => {
      const socket = new WebSocket(`ws://127.0.0.1:${bridge.port}/v1/ws`, 'sotto.v1');
      socket.binaryType = 'arraybuffer';
      socket.onerror = () => undefined; // the close says it
      return socket;
    },
    setTimer(ms, action) {
      const timer = setTimeout(action, ms);
      return () => clearTimeout(timer);
    },
    now: () => performance.now(),
    random: () => Math.random(),
  };
}

// A connection that has joined the room, and the way of its group.
export function lineTo(bridge, room) {
  const environment = environmentAt(bridge);
  const endpoint = randomBytes(16).toString('base64url');
  const client = new SignalingClient(environment);
  const transport = new GroupTransport(environment.setTimer);
  transport.attach(client);
  client.join({ room, endpoint });
  return { client, transport, endpoint };
}

export class LightMember {
  // Resolves when it has asked to be let in; `in()` when it is.
  static async join(bridge, { room, link, name }) {
    const member = new LightMember();
    member.name = name;
    member.line = lineTo(bridge, room);
    const { transport, endpoint } = member.line;
    member.person = await Person.join({ transport: () => transport }, { room, link, name, endpoint, publishes: false });
    return member;
  }

  get group() { return this.person.group; }

  async in() {
    await this.person.in();
    return this;
  }

  async idOf(name) {
    return (await this.group.members()).find((member) => member.name === name)?.id;
  }

  // As the page does it; resolves when the others have agreed to it.
  async leave() {
    await this.group.leave();
    await this.person.told('ended');
    this.close();
  }

  close() {
    this.line.client.leave();
    this.group.close();
  }
}

// The room and the fragment of a bridge's link().
export const placeOf = ({ room, url }) => ({ room, link: new URL(url).hash.slice(1) });
