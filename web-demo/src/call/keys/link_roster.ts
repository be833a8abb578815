// Opens what the others say about themselves, and tells screen readers who comes and goes.

import type {E2ee} from '@sotto/e2ee';
import type {LinkRoomModel} from './link_room_model.js';

export class LinkRoster {
  constructor(private readonly e2ee: Pick<E2ee, 'openState' | 'forget'>, private readonly model: LinkRoomModel,
              private readonly announce: (text: string) => void, private readonly changed: () => void) {}

  async open(endpoint: string, sealed: string | undefined): Promise<void> {
    // Of somebody who is not on the page nothing is opened: it would be heard without a tile.
    if (!sealed || !this.model.participants.has(endpoint)) return;
    const before = this.model.participants.get(endpoint)?.proof;
    try {
      const state = await this.e2ee.openState(endpoint, sealed);
      this.model.setOpened(endpoint, state);
      if (before === 'pending') this.announce(`${this.nameOf(endpoint) ?? 'A guest'} is here.`);
    } catch (error) {
      // 'replayed': the bridge has repeated an old state; what was opened before stays.
      if ((error as {code?: string}).code !== 'wrong-key') return;
      this.model.setUnreadable(endpoint);
      if (before === 'pending') this.announce('Somebody who cannot be verified is in the room.');
    }
    this.changed();
  }

  /** After a snapshot of the room: whoever is missing in it has left. */
  forgetAllBut(present: ReadonlySet<string>): void {
    for (const endpoint of [...this.model.participants.keys()]) {
      if (!present.has(endpoint)) this.left(endpoint);
    }
  }

  left(endpoint: string): void {
    if (!this.model.participants.has(endpoint)) return;
    this.announce(`${this.nameOf(endpoint) ?? 'Somebody who could not be verified'} left.`);
    this.e2ee.forget(endpoint);
  }

  private nameOf(endpoint: string): string | null {
    return this.model.participants.get(endpoint)?.name ?? null;
  }
}
