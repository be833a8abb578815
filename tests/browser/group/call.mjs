// A room for the tests of this folder: its founder is a light member, so that a moderator is at hand
// without a page, and everybody else comes to a group that is there.
import { startBridge } from '../support/bridge.mjs';
import { LightMember, placeOf } from '../support/light_member.mjs';
import { withPeople } from '../support/participant.mjs';

export const QUERY = 'debug=1&capture=320x180@15';

// `room.open(name, id, options)` opens a page; `room.join(name, link)` brings a light member in.
export async function inRoom(body) {
  const bridge = await startBridge();
  const light = [];
  try {
    await withPeople(async (open) => {
      const link = bridge.link();
      const join = async (name, place = placeOf(link)) => {
        const member = await LightMember.join(bridge, { ...place, name });
        light.push(member);
        return member;
      };
      const mia = await (await join('Mia')).in();
      const page = (name, id, { url = link.url, query = QUERY, ...options } = {}) => open(url, { name, id, query, ...options });
      await body({ bridge, link, mia, join, open: page });
    });
  } finally {
    for (const member of light) member.close();
    await bridge.stop();
  }
}

// All of them, pages and light members, are in one group, in one epoch.
export async function agreementOf(member) {
  const group = await member.group;
  return typeof group === 'function' ? (await member.group())?.agreement ?? null : group.agreement();
}
