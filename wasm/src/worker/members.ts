import { SOURCES, type Occupant, type Source } from '../types.js';

export type Kids = Partial<Record<Source, string>>;

/** Members that a bridge can make us remember at most; only holders of the link can add one. */
const MAX_MEMBERS = 1024;

/** Whose stream each KID is, by what the members have said themselves. */
export class Members {
  readonly #members = new Map<string, Kids>();
  readonly #owners = new Map<string, Occupant>();
  /** Outlives forget(): a state from before an endpoint left must not bring it back. */
  readonly #lastSeq = new Map<string, number>();

  /** The owner that members have announced for a KID. */
  owner(kid: string): Occupant | undefined {
    return this.#owners.get(kid);
  }

  isStale(endpoint: string, seq: number): boolean {
    return seq < (this.#lastSeq.get(endpoint) ?? 0);
  }

  /** Takes over a state's KIDs; returns which came and which went. */
  update(
    endpoint: string,
    seq: number,
    kids: Kids,
    own: ReadonlySet<string>,
  ): { added: string[]; removed: string[] } {
    const before = this.#members.get(endpoint) ?? {};
    const accepted: Kids = {};
    const added: string[] = [];
    for (const source of SOURCES) {
      const kid = kids[source];
      // Our own frames, sent back to us, are nobody else's.
      if (kid === undefined || own.has(kid)) continue;
      const owner = this.#owners.get(kid);
      // The first to announce a KID keeps it: nobody can claim another's stream as his own.
      if (owner !== undefined && (owner.endpoint !== endpoint || owner.source !== source)) continue;
      accepted[source] = kid;
      if (owner === undefined) {
        this.#owners.set(kid, { endpoint, source });
        added.push(kid);
      }
    }
    const removed = Object.values(before).filter((kid) => !Object.values(accepted).includes(kid));
    for (const kid of removed) this.#owners.delete(kid);
    this.#members.delete(endpoint); // and set again: the map stays in order of the last word
    this.#members.set(endpoint, accepted);
    this.#remember(endpoint, seq);
    return { added, removed };
  }

  /** Returns the KIDs that went. */
  forget(endpoint: string): string[] {
    const kids = Object.values(this.#members.get(endpoint) ?? {});
    for (const kid of kids) this.#owners.delete(kid);
    this.#members.delete(endpoint);
    return kids;
  }

  /** The KIDs were those of another key; what was the newest word of each member still counts. */
  clear(): void {
    this.#members.clear();
    this.#owners.clear();
  }

  /** The member that has said nothing for longest, when there are too many. */
  surplus(): string | undefined {
    return this.#members.size > MAX_MEMBERS ? this.#members.keys().next().value : undefined;
  }

  #remember(endpoint: string, seq: number): void {
    this.#lastSeq.delete(endpoint);
    this.#lastSeq.set(endpoint, seq);
    if (this.#lastSeq.size > 4 * MAX_MEMBERS) {
      this.#lastSeq.delete(this.#lastSeq.keys().next().value!);
    }
  }
}
