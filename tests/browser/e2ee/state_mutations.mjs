// Seeded mutations of JSON values, of their text, and of base64url; the same each run.
export const encodeBase64url = (bytes) => Buffer.from(bytes).toString('base64url');
export const decodeBase64url = (text) =>
  (/^[A-Za-z0-9_-]*$/.test(text) ? new Uint8Array(Buffer.from(text, 'base64url')) : null);

const STRANGE = [null, true, 0, -1, 1.5, 2 ** 53, 1e308, '', 'x'.repeat(300), '\u0000', '\ud800', [], {}, [[]],
  { microphone: 'yes' }, { camera: '0123456789ABCDEF' }, '0123456789abcdef', 'YWxpY2VhbGljZWFsaWNlYQ'];
const KEYS = ['endpoint', 'seq', 'name', 'muted', 'kids', 'microphone', 'camera', 'screen', 'screen-audio', '__proto__',
  'constructor', 'toString', 'polluted', ''];

export function generator(seed) {
  let state = seed >>> 0;
  const below = (bound) => { // xorshift32
    state ^= state << 13; state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5; state >>>= 0;
    return state % bound;
  };
  const pick = (list) => list[below(list.length)];

  function mutatedValue(good) {
    const value = structuredClone(good);
    for (let count = 1 + below(3); count > 0; count--) {
      const inner = pick([value, value, value.kids, value.muted]);
      const target = typeof inner === 'object' && inner !== null ? inner : value;
      const key = pick(KEYS);
      // As JSON.parse() makes it, a key of its own even for __proto__.
      if (below(4) === 0) delete target[key];
      else Object.defineProperty(target, key, { value: structuredClone(pick(STRANGE)), enumerable: true, configurable: true, writable: true });
    }
    return below(50) === 0 ? pick(STRANGE) : value;
  }

  function mutatedBytes(bytes) {
    const out = Array.from(bytes);
    for (let count = 1 + below(4); count > 0; count--) {
      const at = below(out.length + 1);
      switch (below(4)) {
        case 0: out[at] = below(256); break;
        case 1: out.splice(at, below(8)); break;
        case 2: out.splice(at, 0, ...out.slice(at, at + below(12))); break;
        default: out.splice(at, 0, pick([0x22, 0x5c, 0x7b, 0x7d, 0xff, 0xc3, 0x00]));
      }
    }
    return Uint8Array.from(out, (byte) => byte ?? 0);
  }

  function mutatedText(text) {
    const at = below(text.length);
    switch (below(5)) {
      case 0: return text.slice(0, at);
      case 1: return text.slice(0, at) + pick(['A', '_', '=', '+', ' ', '\u0000', 'é']) + text.slice(at);
      case 2: return text.slice(0, at) + text.slice(at + 1);
      case 3: return text + text;
      default: return text.slice(0, at) + pick(['A', 'b', '9', '-', '/']) + text.slice(at + 1);
    }
  }
  return { mutatedValue, mutatedBytes, mutatedText };
}
