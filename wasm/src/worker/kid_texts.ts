import { kidText } from './core.js';

/** KIDs are anybody's to invent. */
const MAX_REMEMBERED = 1024;

/** The texts of KIDs that keep coming, which would cost as much to make as a small frame to open. */
export class KidTexts {
  /** By the low half. */
  readonly #texts = new Map<number, { high: number; text: string }>();

  text(high: number, low: number): string {
    const known = this.#texts.get(low);
    if (known?.high === high) return known.text;
    if (this.#texts.size >= MAX_REMEMBERED) this.#texts.clear();
    const text = kidText(high, low);
    this.#texts.set(low, { high, text });
    return text;
  }
}
