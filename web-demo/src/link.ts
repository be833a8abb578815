// Room links (docs/architecture.md): https://HOST/r/<room>#<gen>.<secret>. The fragment never
// leaves the browser; it goes to the encryption worker once. Behind it may be the bearer's token (token.ts).

import {splitHash, tokenOf} from './token.js';

/** Where the keys of a room's calls come from: a group, or `?keys=link`, the link alone. */
export type KeysMode = 'group' | 'link';

export interface RoomLink {
  room: string;
  /** `<gen>.<secret>`, as the worker wants it; null when the link came without its key. */
  fragment: string | null;
}

const ROOM = /^[A-Za-z0-9_-]{1,64}$/;
// 32 bytes are 43 characters of base64url; the last one carries 4 bits, so two of its bits are 0.
const FRAGMENT = /^(0|[1-9][0-9]{0,9})\.[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048](\.[A-Za-z0-9_-]{1,64})?$/;
const MAX_GENERATION = 0xffffffff;

export function isRoomName(text: string): boolean {
  return ROOM.test(text);
}

export function isFragment(text: string): boolean {
  return FRAGMENT.test(text) && Number(text.slice(0, text.indexOf('.'))) <= MAX_GENERATION;
}

/** What the address bar asks for: null is the start page. */
export function parseLocation(pathname: string, hash: string): RoomLink | null {
  const match = /^\/r\/([^/]+)\/?$/.exec(pathname);
  if (!match || !isRoomName(match[1]!)) return null;
  const {fragment} = splitHash(hash);
  return {room: match[1]!, fragment: isFragment(fragment) ? fragment : null};
}

/** Without a token it is a link for everybody. */
export function formatLink(origin: string, room: string, fragment: string, keys: KeysMode = 'group', token: string | null = null): string {
  const bearer = token === null ? '' : `&jwt=${encodeURIComponent(token)}`;
  return `${origin}/r/${room}${keys === 'link' ? '?keys=link' : ''}#${fragment}${bearer}`;
}

/** Everybody in a room reads the same in its address. */
export function keysOf(search: string): KeysMode {
  return new URLSearchParams(search).get('keys') === 'link' ? 'link' : 'group';
}

export type PastedLink =
    | {ok: true; origin: string; room: string; fragment: string; keys: KeysMode; token?: string}
    | {ok: false; problem: 'not-a-link' | 'no-key'};

/** A link as people paste it: with spaces around, with or without the scheme. */
export function parsePasted(text: string, ownOrigin: string): PastedLink {
  const trimmed = text.trim().replace(/^<|>$/g, '');
  let url: URL;
  try {
    const absolute = /^https?:\/\//i.test(trimmed);
    url = absolute ? new URL(trimmed) : new URL(trimmed.startsWith('/') ? trimmed : `https://${trimmed}`, ownOrigin);
  } catch {
    return {ok: false, problem: 'not-a-link'};
  }
  const link = parseLocation(url.pathname, url.hash);
  if (!link) return {ok: false, problem: 'not-a-link'};
  if (!link.fragment) return {ok: false, problem: 'no-key'};
  const token = tokenOf(url);
  return {ok: true, origin: url.origin, room: link.room, fragment: link.fragment, keys: keysOf(url.search), ...token === null ? {} : {token}};
}

export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

export function newFragment(random: (bytes: Uint8Array) => Uint8Array): string {
  return `0.${base64url(random(new Uint8Array(32)))}`;
}

export function newEndpointId(random: (bytes: Uint8Array) => Uint8Array): string {
  return base64url(random(new Uint8Array(16)));
}

/** The fragment's parts, for the encryption module. */
export function linkKey(fragment: string): {generation: number; secret: string} {
  const [generation, secret] = fragment.split('.');
  return {generation: Number(generation), secret: secret ?? ''};
}
