// What this client asks the bridge for: every tile with the height at which it is shown, most
// wanted first: the shared screen, then those who spoke last, then the order of arrival.

import type {Group, Want} from '../signaling/protocol.js';

export interface ShownTile {
  endpoint: string;
  group: Group;
  /** CSS pixels; 0: only sound is wanted. */
  height: number;
}

export function wantsOf(shown: ShownTile[], speakers: string[]): Want[] {
  const spoke = (endpoint: string) => {
    const place = speakers.indexOf(endpoint);
    return place < 0 ? speakers.length : place;
  };
  return [...shown]
      .sort((a, b) => Number(b.group === 'screen') - Number(a.group === 'screen') || spoke(a.endpoint) - spoke(b.endpoint))
      .map(({endpoint, group, height}) => ({endpoint, group, height: Math.round(height)}));
}

/** Small changes of size are not worth a message. */
export function sameWants(a: Want[], b: Want[]): boolean {
  return a.length === b.length && a.every((want, index) => {
    const other = b[index]!;
    return want.endpoint === other.endpoint && want.group === other.group &&
        (want.height === 0) === (other.height === 0) && Math.abs(want.height - other.height) <= Math.max(16, want.height * 0.1);
  });
}
