// The row of controls under a call.

import type {Call} from '../call/call.js';
import {control} from './control.js';
import type {Control} from './control.js';
import {h} from './dom.js';
import type {GroupControls} from './group_controls.js';
import type {IconName} from './icons.js';

/** Microphone and camera, the same in the lobby and in the call. */
export class MediaToggles {
  readonly microphone = control('mic-toggle', 'microphone', 'Mute', 'm', () => void this.call.toggleMicrophone());
  readonly camera = control('camera-toggle', 'camera', 'Stop camera', 'v', () => void this.call.toggleCamera());

  constructor(private readonly call: Call) {}

  update(): void {
    const {local} = this.call;
    draw(this.microphone, local.microphoneOn, local.trouble.microphone !== undefined, {
      on: 'microphone', off: 'microphoneOff', stop: 'Mute', start: 'Unmute', missing: 'No microphone',
    });
    draw(this.camera, local.cameraOn, local.trouble.camera !== undefined, {
      on: 'camera', off: 'cameraOff', stop: 'Stop camera', start: 'Start camera', missing: 'No camera',
    });
  }
}

function draw(toggle: Control, on: boolean, troubled: boolean,
              names: {on: IconName; off: IconName; stop: string; start: string; missing: string}): void {
  toggle.set(on ? names.on : names.off, on ? names.stop : troubled ? names.missing : names.start, on);
  toggle.element.dataset['state'] = on ? 'on' : troubled ? 'trouble' : 'off';
}

export class Toolbar {
  readonly element: HTMLElement;
  private readonly toggles: MediaToggles;
  private readonly share: Control;
  private readonly bridge: Control;
  private readonly devices: Control;

  constructor(private readonly call: Call, actions: {devices: () => void; bridge: () => void; leave: () => void}) {
    this.toggles = new MediaToggles(call);
    this.share = control('share-toggle', 'screen', 'Share screen', 's', () => void call.toggleShare());
    this.share.element.hidden = !call.screen.supported;
    this.bridge = control('bridge-view-toggle', 'eye', 'Bridge’s view', 'b', actions.bridge);
    this.devices = control('devices-button', 'settings', 'Devices', 'd', actions.devices);
    const leave = control('leave-button', 'leave', 'Leave', null, actions.leave);
    leave.element.classList.add('danger');
    this.element = h('div', {class: 'toolbar', role: 'toolbar', 'aria-label': 'Call controls'},
        this.toggles.microphone.element, this.toggles.camera.element, this.share.element,
        this.bridge.element, this.devices.element, leave.element);
  }

  /** There is a group. On a phone the row has room for the first few, and "More" for the others. */
  add({hand, react, chat, more}: GroupControls): void {
    this.share.element.after(hand.element, react.element, chat.element);
    this.devices.element.after(more.element);
    for (const {element} of [this.share, hand, this.bridge, this.devices]) element.classList.add('when-wide');
    more.element.classList.add('when-narrow');
  }

  update(): void {
    this.toggles.update();
    const sharing = this.call.screen.stream !== null;
    this.share.set('screen', sharing ? 'Stop sharing' : 'Share screen', sharing);
    this.share.element.dataset['state'] = sharing ? 'active' : 'off';
  }
}
