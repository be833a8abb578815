// Everything that can be derived from a link secret, computed here a second time with Node's own
// HKDF after docs/sframe-profile.md, so that a search knows what to look for.
import { createHmac, hkdfSync } from 'node:crypto';

const extract = (salt, key) => createHmac('sha256', salt).update(key).digest();
// HKDF-Expand alone (RFC 5869 section 2.3).
function expand(prk, info, length) {
  let block = Buffer.alloc(0), out = Buffer.alloc(0);
  for (let i = 1; out.length < length; i++) {
    block = createHmac('sha256', prk).update(Buffer.concat([block, info, Buffer.from([i])])).digest();
    out = Buffer.concat([out, block]);
  }
  return out.subarray(0, length);
}

const SUITE = 0xf001;

// [{name, bytes}] for one link and the KIDs (16 hex digits) that its members use.
export function everySecretOf({ room, secret, generation = 0, kids }) {
  const context = Buffer.concat([Buffer.from([room.length]), Buffer.from(room), u32(generation)]);
  const prk = extract('sotto 1', secret);
  const found = [{ name: 'link secret', bytes: secret }, { name: 'prk', bytes: prk }];
  for (const label of ['psk', 'kp-mac', 'kp-seal', 'link-message']) {
    found.push({ name: label, bytes: expand(prk, Buffer.concat([Buffer.from(label), context]), 32) });
  }
  for (const kid of kids) {
    const id = Buffer.from(kid.padStart(16, '0'), 'hex');
    const base = expand(prk, Buffer.concat([Buffer.from('link-sframe'), context, id]), 32);
    const sframe = extract('', base); // RFC 9605 section 4.4.2
    const suite = Buffer.from([SUITE >> 8, SUITE & 255]);
    found.push({ name: `base key ${kid}`, bytes: base }, { name: `sframe secret ${kid}`, bytes: sframe });
    found.push({ name: `sframe key ${kid}`, bytes: expand(sframe, Buffer.concat([Buffer.from('SFrame 1.0 Secret key '), id, suite]), 32) });
    found.push({ name: `sframe salt ${kid}`, bytes: expand(sframe, Buffer.concat([Buffer.from('SFrame 1.0 Secret salt '), id, suite]), 12) });
  }
  return found;
}

function u32(value) { const out = Buffer.alloc(4); out.writeUInt32BE(value); return out; }

// RFC 5869 appendix A.1, so that a slip in this file cannot make a search pass.
const a1 = Buffer.from(hkdfSync('sha256', Buffer.alloc(22, 0x0b), Buffer.from('000102030405060708090a0b0c', 'hex'),
  Buffer.from('f0f1f2f3f4f5f6f7f8f9', 'hex'), 42));
if (!expand(extract(Buffer.from('000102030405060708090a0b0c', 'hex'), Buffer.alloc(22, 0x0b)),
  Buffer.from('f0f1f2f3f4f5f6f7f8f9', 'hex'), 42).equals(a1)) throw new Error('HKDF is wrong');
