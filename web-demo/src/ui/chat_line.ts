// One message as it stands in the chat. Other people's text becomes text and nothing else.

import type {ChatLine} from '../call/group_chat.js';
import {textParts} from '../call/chat_text.js';
import {nameOfOther} from '../call/name_likeness.js';
import {h, setData, setText} from './dom.js';
import {icon} from './icons.js';

export class ChatLineView {
  readonly element: HTMLElement;
  private readonly mark = h('span', {class: 'chat-mark', testid: 'chat-mark'});

  /** `follows`: the line before is of the same person, so its name need not stand here again. */
  constructor(private readonly line: ChatLine, follows: boolean) {
    this.element = h('li', {class: 'chat-line', testid: 'chat-line', 'data-mine': String(line.mine), 'data-name': line.name, 'data-follows': String(follows)},
        !follows && h('p', {class: 'chat-head'}, line.doubtful && doubt(), h('span', {class: 'chat-name', text: line.mine ? 'You' : nameOfOther(line.name)}),
            h('time', {text: clock(line.at)})),
        gap(line),
        h('p', {class: 'chat-text', testid: 'chat-text', dir: 'auto'}, ...textParts(line.text).map(({text, address}) => address === null ? text :
            h('a', {href: address, target: '_blank', rel: 'noopener noreferrer', text}))),
        line.mine && this.mark);
    this.update();
  }

  update(): void {
    const {mine, delivered, lost} = this.line;
    if (!mine) return;
    const state = delivered ? 'delivered' : lost ? 'lost' : 'sending';
    setData(this.mark, 'state', state);
    setText(this.mark, {delivered: 'Delivered', lost: 'Perhaps not delivered', sending: 'Sending…'}[state]);
  }
}

function gap({missing, unseen, name}: ChatLine): HTMLElement | null {
  const parts = [
    ...missing > 0 ? [`${missing === 1 ? 'A message' : `${missing} messages`} from ${name} before this one never came.`] : [],
    ...unseen ? ['This was written after a message that you have not got.'] : [],
  ];
  return parts.length === 0 ? null : h('p', {class: 'chat-gap', testid: 'chat-gap'}, icon('warning'), h('span', {text: parts.join(' ')}));
}

function doubt(): HTMLElement {
  return h('span', {class: 'chat-doubt', testid: 'chat-doubt', role: 'img', 'aria-label': 'Not the one who had this name before', title: 'Not the one who had this name before'},
      icon('warning'));
}

/** Not toLocaleTimeString(): its first call loads the browser's locale data. */
function clock(at: number): string {
  const time = new Date(at);
  return `${String(time.getHours()).padStart(2, '0')}:${String(time.getMinutes()).padStart(2, '0')}`;
}
