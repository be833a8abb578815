// The one strip for what a person has to know now. It is in the page only while there is such a thing.

import {h, setData, setText} from './dom.js';
import {icon} from './icons.js';

export interface Notice {
  kind: 'wrong-key' | 'reconnecting' | 'media' | 'sound' | 'insecure' | 'device' |
      'rejoining' | 'unheard' | 'not-let-back' | 'link-changed' | 'request' | 'code' | 'removal' | 'apart' | 'secured' | 'trouble';
  text: string;
  action?: {label: string; run: () => void};
  /** What a person may have out of the way. */
  dismiss?: () => void;
}

export class Banner {
  readonly holder = h('div', {class: 'banner-holder', role: 'status'});
  private element: HTMLElement | null = null;
  private text = h('span');

  /** null: nothing to say. */
  show(notice: Notice | null): void {
    if (!notice) {
      this.element?.remove();
      this.element = null;
      return;
    }
    if (this.element?.dataset['kind'] !== notice.kind) {
      this.element?.remove();
      this.text = h('span', {class: 'banner-text'});
      this.element = h('div', {class: 'banner', testid: 'banner'}, icon('warning'), this.text,
          notice.action && h('button', {class: 'button small', testid: 'banner-action', type: 'button',
                                        text: notice.action.label, onclick: notice.action.run}),
          notice.dismiss && h('button', {class: 'icon-button', testid: 'banner-dismiss', type: 'button', 'aria-label': 'Dismiss',
                                         onclick: notice.dismiss}, icon('close')));
      setData(this.element, 'kind', notice.kind);
      this.holder.append(this.element);
    }
    setText(this.text, notice.text);
  }
}
