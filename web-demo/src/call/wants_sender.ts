// Sends what the page wants to see, a moment after the layout has settled, and only when it changed.

import type {Want} from '../signaling/protocol.js';
import {sameWants, wantsOf} from './wants.js';
import type {ShownTile} from './wants.js';

const DELAY_MS = 150;

export class WantsSender {
  private shown: ShownTile[] = [];
  private sent: Want[] = [];
  private timer: ReturnType<typeof setTimeout> | null = null;

  /** `endpointOf`: where the bridge has a participant; null: it is not known. `speakers` are endpoints. */
  constructor(private readonly send: (wants: Want[]) => boolean, private readonly speakers: () => string[],
              private readonly endpointOf: (id: string) => string | null) {}

  setShown(shown: ShownTile[]): void {
    this.shown = shown;
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.flush();
    }, DELAY_MS);
  }

  /** The bridge has forgotten: a fresh join, or a line that was lost. */
  again(): void {
    this.sent = [];
    this.flush();
  }

  close(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private flush(): void {
    const known = this.shown.flatMap((tile) => {
      const endpoint = this.endpointOf(tile.endpoint);
      return endpoint === null ? [] : [{...tile, endpoint}];
    });
    const wants = wantsOf(known, this.speakers());
    if (!sameWants(wants, this.sent) && this.send(wants)) this.sent = wants;
  }
}
