// On a phone: the controls that the row below the call has no room for.

import type {Call} from '../call/call.js';
import type {GroupRoom} from '../call/group_room.js';
import {h, setText} from './dom.js';
import {icon} from './icons.js';
import type {IconName} from './icons.js';
import type {PanelContent} from './panel.js';

export interface MoreActions {
  close: () => void;
  people: () => void;
  bridge: () => void;
  devices: () => void;
}

export class MorePanel implements PanelContent {
  readonly testid = 'more-panel';
  readonly title = 'More';
  private readonly handText = h('span');
  private readonly shareText = h('span');
  private readonly share: HTMLButtonElement;
  readonly element: HTMLElement;

  constructor(private readonly call: Call, private readonly room: GroupRoom, actions: MoreActions) {
    const people = h('span', {text: 'People'});
    const raise = () => {
      void room.raiseHand(!room.handRaised);
      actions.close();
    };
    const share = () => {
      void call.toggleShare();
      actions.close();
    };
    this.share = entry('more-share', 'screen', this.shareText, share);
    this.share.hidden = !call.screen.supported;
    this.element = h('div', {class: 'more-list'},
        entry('more-hand', 'hand', this.handText, raise), entry('more-people', 'people', people, actions.people), this.share,
        entry('more-bridge', 'eye', h('span', {text: 'What the bridge sees'}), actions.bridge),
        entry('more-devices', 'settings', h('span', {text: 'Devices'}), actions.devices));
  }

  update(): void {
    setText(this.handText, this.room.handRaised ? 'Lower hand' : 'Raise hand');
    setText(this.shareText, this.call.screen.stream ? 'Stop sharing the screen' : 'Share the screen');
  }
}

function entry(testid: string, name: IconName, caption: HTMLElement, onclick: () => void): HTMLButtonElement {
  return h('button', {class: 'more-entry', type: 'button', testid, onclick}, icon(name), caption);
}
