// Joins, leaves and the like for screen readers. One line at a time, each said once.

import {h} from './dom.js';

export class Announcer {
  readonly element = h('div', {class: 'visually-hidden', 'aria-live': 'polite', testid: 'announcer'});

  say(text: string): void {
    const line = h('p', {text});
    this.element.append(line);
    setTimeout(() => line.remove(), 5000);
  }
}
