// Reactions: a small bar to choose from, and the sign that floats over a tile for a moment.

import type {Reaction} from '../call/group_room.js';
import {h} from './dom.js';

const SIGNS: [string, string][] = [
  ['👍', 'Thumbs up'], ['👏', 'Applause'], ['❤️', 'Heart'], ['😂', 'Laughing'], ['😮', 'Surprised'], ['🎉', 'Celebration'],
];
const FLOAT_MS = 4000;

/** Above the controls, while it is open. Escape and a click elsewhere close it. */
export class ReactionBar {
  readonly element = h('div', {class: 'reaction-bar', testid: 'reaction-bar', role: 'group', 'aria-label': 'Reactions'});
  private opener: HTMLElement | null = null;
  private readonly outside = (event: Event) => {
    const target = event.target as Node;
    if (!this.element.contains(target) && !this.opener?.contains(target)) this.close();
  };

  constructor(react: (sign: string) => void, private readonly onChange: () => void) {
    this.element.hidden = true;
    this.element.append(...SIGNS.map(([sign, name]) => h('button', {
      class: 'reaction', type: 'button', testid: 'reaction', 'aria-label': name, title: name, text: sign,
      onclick: () => {
        react(sign);
        this.close();
      },
    })));
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.close();
    });
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  toggle(opener: HTMLElement): void {
    if (this.isOpen) return this.close();
    this.opener = opener;
    this.element.hidden = false;
    this.element.querySelector('button')?.focus({preventScroll: true});
    document.addEventListener('pointerdown', this.outside);
    this.onChange();
  }

  close(): void {
    if (!this.isOpen) return;
    const hadFocus = this.element.contains(document.activeElement);
    this.element.hidden = true;
    document.removeEventListener('pointerdown', this.outside);
    if (hadFocus) this.opener?.focus({preventScroll: true});
    this.onChange();
  }
}

const MOST_FLOATING = 6;

/** Over the tile of who reacts, or over the stage if there is none. */
export function floatReaction(over: HTMLElement, {text, name}: Reaction): void {
  const floating = [...over.children].filter((child) => child.classList.contains('floating'));
  if (floating.length >= MOST_FLOATING) floating[0]!.remove();
  const element = h('div', {class: 'floating', testid: 'tile-reaction', 'data-lane': floating.length % 3, role: 'img', 'aria-label': `${name}: ${text}`, text});
  over.append(element);
  setTimeout(() => element.remove(), FLOAT_MS);
}
