import {h} from './dom.js';
import {icon} from './icons.js';

export function brand(): HTMLElement {
  return h('a', {class: 'brand', href: '/', 'aria-label': 'Sotto, to the start page'}, h('span', {class: 'brand-mark'}, icon('lock')), 'Sotto');
}
