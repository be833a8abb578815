// The controls for what takes part in the group.

import type {GroupRoom} from '../call/group_room.js';
import {control} from './control.js';
import type {Control} from './control.js';
import {h, setAttribute, setText} from './dom.js';

export interface GroupActions {
  chat: () => void;
  /** Opens or closes the bar of reactions. */
  react: () => void;
  more: () => void;
}

export class GroupControls {
  readonly hand = control('hand-toggle', 'hand', 'Raise hand', 'h', () => void this.room.raiseHand(!this.room.handRaised));
  readonly react: Control;
  readonly chat: Control;
  /** On a phone: what the row has no room for. */
  readonly more: Control;
  private readonly badge = h('span', {class: 'badge', testid: 'chat-badge', 'aria-hidden': 'true'});

  constructor(private readonly room: GroupRoom, actions: GroupActions) {
    this.react = control('react-button', 'smile', 'React', 'r', actions.react);
    this.chat = control('chat-toggle', 'chat', 'Chat', 'c', actions.chat);
    this.chat.element.append(this.badge);
    this.more = control('more-button', 'more', 'More', null, actions.more);
  }

  update(reacting: boolean, panel: string | null): void {
    const {handRaised, chat} = this.room;
    this.hand.set('hand', handRaised ? 'Lower hand' : 'Raise hand', handRaised);
    this.hand.element.dataset['state'] = handRaised ? 'active' : 'idle';
    setAttribute(this.react.element, 'aria-expanded', String(reacting));
    this.react.element.dataset['state'] = reacting ? 'active' : 'idle';
    const open = panel === 'chat-panel';
    this.chat.set('chat', 'Chat');
    setAttribute(this.chat.element, 'aria-expanded', String(open));
    this.chat.element.dataset['state'] = open ? 'active' : 'idle';
    setAttribute(this.more.element, 'aria-expanded', String(panel === 'more-panel'));
    this.badge.hidden = chat.unread === 0;
    setText(this.badge, chat.unread > 99 ? '99+' : String(chat.unread));
    if (chat.unread > 0) setAttribute(this.chat.element, 'aria-label', `Chat, ${chat.unread === 1 ? 'one unread message' : `${chat.unread} unread messages`}`);
  }
}
