// A room may need a token (docs/tokens.md). Links carry it behind the key, `#0.…&jwt=…`, where no server
// but the bridge sees it, or as Jitsi's do, `?jwt=…`. It is taken out of the address, so that whoever
// copies that invites others without giving his own token away, and kept for the tab's reloads.

/** Longer than any token; what is cut off there is refused as what it is. */
const MAX_CHARS = 9000;
const key = (room: string) => `sotto.token.${room}`;

type Place = Pick<Location, 'pathname' | 'search' | 'hash'>;

/** The part of a hash before `&`, and the parameters behind it. */
export function splitHash(hash: string): {fragment: string; parameters: URLSearchParams} {
  const text = hash.startsWith('#') ? hash.slice(1) : hash;
  const [fragment = ''] = text.split('&', 1);
  return {fragment, parameters: new URLSearchParams(text.slice(fragment.length + 1))};
}

/** The token of an address; null where there is none. */
export function tokenOf({search, hash}: Pick<Place, 'search' | 'hash'>): string | null {
  const token = splitHash(hash).parameters.get('jwt') ?? new URLSearchParams(search).get('jwt');
  return token ? token.slice(0, MAX_CHARS) : null;
}

export function addressWithoutToken({pathname, search, hash}: Place): string {
  const query = new URLSearchParams(search);
  query.delete('jwt');
  const {fragment, parameters} = splitHash(hash);
  parameters.delete('jwt');
  const behind = [...parameters].length > 0 ? `&${parameters}` : '';
  const asked = query.toString();
  return `${pathname}${asked === '' ? '' : `?${asked}`}${fragment === '' && behind === '' ? '' : `#${fragment}${behind}`}`;
}

/** False where the browser keeps nothing for us: then the address has to. */
export function rememberToken(storage: Pick<Storage, 'setItem'> | null, room: string, token: string): boolean {
  try {
    storage?.setItem(key(room), token);
    return storage !== null;
  } catch {
    return false;
  }
}

export function recallToken(storage: Pick<Storage, 'getItem'> | null, room: string): string | null {
  try {
    return storage?.getItem(key(room)) ?? null;
  } catch {
    return null;
  }
}

/** Of this tab. */
export function tabStorage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
