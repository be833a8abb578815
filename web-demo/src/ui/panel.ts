// A side panel: one open at a time, Escape closes it, focus goes in and comes back.

import {h} from './dom.js';
import {icon} from './icons.js';

export interface PanelContent {
  testid: string;
  title: string;
  element: HTMLElement;
  /** Where the focus goes, if not to the heading. */
  readonly focus?: HTMLElement | null;
  onOpen?(): void;
  onClose?(): void;
}

export class PanelHost {
  readonly element = h('div', {class: 'panel-holder'});
  private open: PanelContent | null = null;
  private cameFrom: Element | null = null;

  constructor(private readonly onChange: () => void) {
    this.element.addEventListener('click', (event) => event.target === this.element && this.close());
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.close();
    });
  }

  get current(): string | null {
    return this.open?.testid ?? null;
  }

  toggle(content: PanelContent): void {
    if (this.open === content) return this.close();
    this.show(content);
  }

  show(content: PanelContent): void {
    if (this.open === content) return;
    this.close();
    this.cameFrom = document.activeElement;
    this.open = content;
    const heading = h('h2', {text: content.title, tabindex: -1});
    this.element.replaceChildren(h('aside', {class: 'panel', testid: content.testid, 'aria-label': content.title},
        h('header', {class: 'panel-head'}, heading,
            h('button', {class: 'icon-button', type: 'button', testid: 'panel-close', 'aria-label': 'Close', onclick: () => this.close()}, icon('close'))),
        h('div', {class: 'panel-body'}, content.element)));
    content.onOpen?.();
    (content.focus ?? heading).focus({preventScroll: true});
    this.onChange();
  }

  close(): void {
    if (!this.open) return;
    this.open.onClose?.();
    this.open = null;
    this.element.replaceChildren();
    if (this.cameFrom instanceof HTMLElement) this.cameFrom.focus({preventScroll: true});
    this.onChange();
  }
}
