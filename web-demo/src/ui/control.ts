// A button of the rows of controls.

import {h, setAttribute, setText} from './dom.js';
import {icon, setIcon} from './icons.js';
import type {IconName} from './icons.js';

export interface Control {
  element: HTMLButtonElement;
  set(icon: IconName, label: string, pressed?: boolean | null): void;
}

/** A round button with an icon and, where there is room, a word. */
export function control(testid: string, name: IconName, label: string, shortcut: string | null, run: () => void): Control {
  const caption = h('span', {class: 'control-label', text: label});
  const element = h('button', {
    class: 'control', type: 'button', testid, 'aria-label': label,
    title: shortcut ? `${label} (${shortcut.toUpperCase()})` : label,
    'aria-keyshortcuts': shortcut, onclick: run,
  }, icon(name), caption);
  return {
    element,
    set(newIcon, newLabel, pressed = null) {
      setIcon(element, newIcon);
      setText(caption, newLabel);
      setAttribute(element, 'aria-label', newLabel);
      setAttribute(element, 'title', shortcut ? `${newLabel} (${shortcut.toUpperCase()})` : newLabel);
      setAttribute(element, 'aria-pressed', pressed === null ? null : String(pressed));
    },
  };
}
