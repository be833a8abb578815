// Choosing camera, microphone and loudspeaker: in the lobby and in mid-call.

import type {Call} from '../call/call.js';
import {sinkSelectable} from '../media/loudspeakers.js';
import {problemTexts} from '../media/problems.js';
import {h, setText} from './dom.js';

interface Choice {
  label: HTMLLabelElement;
  select: HTMLSelectElement;
}

export class DeviceChoice {
  readonly element: HTMLElement;
  private readonly camera: Choice;
  private readonly microphone: Choice;
  private readonly speaker: Choice;
  private readonly problems = {
    microphone: h('p', {class: 'problem', testid: 'microphone-problem', role: 'alert'}),
    camera: h('p', {class: 'problem', testid: 'camera-problem', role: 'alert'}),
  };

  constructor(private readonly call: Call, onSpeaker: (deviceId: string) => void) {
    const {local} = call;
    this.microphone = choice('Microphone', 'microphone-select', (id) => void local.chooseDevice('microphone', id));
    this.camera = choice('Camera', 'camera-select', (id) => void local.chooseDevice('camera', id));
    this.speaker = choice('Speaker', 'speaker-select', (id) => {
      local.preferences.speaker = id;
      onSpeaker(id);
    });
    this.element = h('div', {class: 'devices'},
        this.microphone.label, this.problems.microphone, this.camera.label, this.problems.camera, this.speaker.label);
  }

  update(): void {
    const {local} = this.call;
    fill(this.microphone, local.devices.microphones, local.preferences.microphone, local.microphone, 'Microphone');
    fill(this.camera, local.devices.cameras, local.preferences.camera, local.camera, 'Camera');
    fill(this.speaker, local.devices.speakers, local.preferences.speaker, null, 'Speaker');
    this.speaker.label.hidden = !sinkSelectable() || local.devices.speakers.length === 0;
    const texts = problemTexts(local.trouble);
    for (const kind of ['microphone', 'camera'] as const) {
      setText(this.problems[kind], texts[kind]);
      this.problems[kind].hidden = texts[kind] === '';
    }
  }
}

function choice(name: string, testid: string, choose: (deviceId: string) => void): Choice {
  const select = h('select', {testid, onchange: () => choose(select.value)});
  return {label: h('label', {class: 'field'}, h('span', {class: 'field-name', text: name}), select), select};
}

function fill({label, select}: Choice, devices: MediaDeviceInfo[], wanted: string, track: MediaStreamTrack | null, word: string): void {
  const current = track?.getSettings().deviceId ?? wanted;
  const options = devices.map((device, index) => ({id: device.deviceId, text: device.label || `${word} ${index + 1}`}));
  const text = options.map((option) => `${option.id}=${option.text}`).join('\n');
  if (select.dataset['options'] !== text) {
    select.dataset['options'] = text;
    select.replaceChildren(...options.map((option) => h('option', {value: option.id, text: option.text})));
  }
  if (options.some((option) => option.id === current)) select.value = current;
  label.hidden = options.length === 0;
}
