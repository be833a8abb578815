// A member's state: what goes through the bridge sealed, names and key ids included.
import { decodeBase64url, encodeBase64url } from '../base64url.js';
import { E2eeError } from '../errors.js';
import type { MemberState } from '../types.js';
import { SOURCES } from '../types.js';
import type { LinkCore } from './link_core.js';
import type { Kids } from './members.js';
import type { Session } from './session.js';

/** The bridge's limit on a state, in characters of base64url. */
const MAX_SEALED_TEXT = 8192;
/** States are padded to a multiple of this, so that their size tells little of names and marks. */
const PADDING = 256;

export interface OpenedState {
  state: MemberState;
  seq: number;
  kids: Kids;
}

export function sealState(
  core: LinkCore,
  session: Session,
  endpoint: string,
  state: MemberState,
  seq: number,
): string {
  const kids = Object.fromEntries(SOURCES.map((source) => [source, session.sealers[source].kid]));
  const json = new TextEncoder().encode(JSON.stringify({ ...state, endpoint, seq, kids }));
  const padded = new Uint8Array(Math.ceil(json.length / PADDING) * PADDING).fill(0x20);
  padded.set(json);
  const sealed = core.sealMessage(session.handle, endpointBytes(endpoint), padded);
  if (typeof sealed === 'string') throw new E2eeError('bad-argument', `This state cannot be sealed: ${sealed}.`);
  const text = encodeBase64url(sealed);
  if (text.length > MAX_SEALED_TEXT) {
    throw new E2eeError('bad-argument', 'This state is too large: shorten the name or the extra fields.');
  }
  return text;
}

/** Throws E2eeError 'wrong-key' for everything that no holder of our link sealed for this endpoint. */
export function openState(core: LinkCore, session: Session, endpoint: string, sealed: string): OpenedState {
  const bytes = sealed.length <= MAX_SEALED_TEXT ? decodeBase64url(sealed) : null;
  if (bytes === null) throw wrongKey();
  const plain = core.openMessage(session.handle, endpointBytes(endpoint), bytes);
  if (typeof plain === 'string') throw wrongKey();
  return checked(endpoint, plain);
}

// Authentic, but another member's program may be older, newer or hostile.
function checked(endpoint: string, plain: Uint8Array): OpenedState {
  let state: unknown;
  try {
    state = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain));
  } catch {
    throw wrongKey();
  }
  if (!isObject(state) || state['endpoint'] !== endpoint || !isObject(state['kids'])) throw wrongKey();
  const { seq, name, muted } = state;
  if (!Number.isSafeInteger(seq) || (seq as number) < 0 || typeof name !== 'string') throw wrongKey();
  const kids: Kids = {};
  for (const source of SOURCES) {
    const kid = state['kids'][source];
    if (typeof kid === 'string' && /^[0-9a-f]{16}$/.test(kid)) kids[source] = kid;
  }
  const marks = isObject(muted) ? muted : {};
  const microphone = marks['microphone'] === true;
  const camera = marks['camera'] === true;
  return {
    state: { ...state, name, muted: { ...(marks as Record<string, boolean>), microphone, camera } },
    seq: seq as number,
    kids,
  };
}

// The 16 bytes of a Sotto endpoint id; another app's ids as text. Both are also inside the seal.
function endpointBytes(endpoint: string): Uint8Array {
  const bytes = endpoint.length === 22 ? decodeBase64url(endpoint) : null;
  const id = bytes ?? new TextEncoder().encode(endpoint);
  if (id.length === 0 || id.length > 255) {
    throw new E2eeError('bad-argument', 'An endpoint id is 1 to 255 bytes.');
  }
  return id;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrongKey(): E2eeError {
  return new E2eeError(
    'wrong-key',
    'This was not sealed with the key in your link: compare links, and open the same one on both sides.',
  );
}
