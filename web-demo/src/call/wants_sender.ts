// Sends what the page wants to see, a moment after the layout has settled, and only when it changed.

import type {Want} from '../signaling/protocol.js';
import {sameWants, wantsOf} from './wants.js';
import type {ShownTile} from './wants.js';

const DELAY_MS = 150;

export class WantsSender {
  private shown: ShownTile[] = [];
  private sent: Want[] = [];
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly send: (wants: Want[]) => boolean, private readonly speakers: () => string[]) {}

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
    const wants = wantsOf(this.shown, this.speakers());
    if (!sameWants(wants, this.sent) && this.send(wants)) this.sent = wants;
  }
}
