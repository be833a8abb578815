// Keys that an app hands out, as the options `app` of a call say: { creation, passphrase } for one
// that both share, or { creation, size } for a raw key of Alice's own; `late` names who has none yet.
import { LOCAL } from './e2ee/index.js';

// Bytes that both ends can make: of number `index`.
const bytes = (size, index) => Uint8Array.from({ length: size }, (_, at) => (at * 37 + index * 101 + 11) & 255);

export async function giveKey(e2ee, who, app, index = 0, how = 'setKey') {
  const participant = who === 'alice' ? LOCAL : 'alice';
  const options = how === 'setKey' ? { index } : {};
  if (app.passphrase) return e2ee[how](`${app.passphrase} ${index}`, options);
  return e2ee[how](bytes(app.size ?? 32, index), { ...options, participant });
}

export async function untilKeys(alice, bob, app) {
  if (app.late !== 'alice') await giveKey(alice, 'alice', app);
  if (app.late !== 'bob') await giveKey(bob, 'bob', app);
}
