// The row of controls under a call.

import type {Call} from '../call/call.js';
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

  constructor(private readonly call: Call, actions: {devices: () => void; bridge: () => void; leave: () => void}) {
    this.toggles = new MediaToggles(call);
    this.share = control('share-toggle', 'screen', 'Share screen', 's', () => void call.toggleShare());
    this.share.element.hidden = !call.screen.supported;
    const bridge = control('bridge-view-toggle', 'eye', 'Bridge’s view', 'b', actions.bridge);
    const devices = control('devices-button', 'settings', 'Devices', 'd', actions.devices);
    const leave = control('leave-button', 'leave', 'Leave', null, actions.leave);
    leave.element.classList.add('danger');
    this.element = h('div', {class: 'toolbar', role: 'toolbar', 'aria-label': 'Call controls'},
        this.toggles.microphone.element, this.toggles.camera.element, this.share.element,
        bridge.element, devices.element, leave.element);
  }

  update(): void {
    this.toggles.update();
    const sharing = this.call.screen.stream !== null;
    this.share.set('screen', sharing ? 'Stop sharing' : 'Share screen', sharing);
    this.share.element.dataset['state'] = sharing ? 'active' : 'off';
  }
}
