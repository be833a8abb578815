// Joins, leaves and the like for screen readers. One line at a time, each said once.

import {h} from './dom.js';

const MOST_LINES = 12;

export class Announcer {
  readonly element = h('div', {class: 'visually-hidden', 'aria-live': 'polite', testid: 'announcer'});

  say(text: string): void {
    const line = h('p', {text});
    this.element.append(line);
    // Somebody who floods the room must not fill the page.
    if (this.element.childElementCount > MOST_LINES) this.element.firstElementChild!.remove();
    setTimeout(() => line.remove(), 5000);
  }
}
