// The microphone's level as a bar, so that one knows before joining that one will be heard.

import type {LocalMedia} from '../media/local_media.js';
import {LevelMeter, meterPosition} from '../media/level.js';
import {h} from './dom.js';

const STEP_MS = 80;

export class LevelBar {
  private readonly fill = h('i');
  readonly element = h('div', {class: 'level', testid: 'mic-level', role: 'meter', 'aria-label': 'Microphone level',
                               'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-valuenow': 0}, this.fill);
  private meter: LevelMeter | null = null;
  private track: MediaStreamTrack | null = null;
  private shown = 0;
  private readonly timer = setInterval(() => this.draw(), STEP_MS);

  constructor(private readonly local: LocalMedia) {}

  close(): void {
    clearInterval(this.timer);
    this.meter?.close();
  }

  private draw(): void {
    const track = this.local.outgoing('microphone');
    if (track !== this.track) {
      this.meter?.close();
      this.meter = track ? new LevelMeter(track) : null;
      this.track = track;
    }
    const level = meterPosition(this.meter?.read() ?? 0);
    this.shown = Math.max(level, this.shown * 0.82);  // quick up, slow down
    this.fill.style.transform = `scaleX(${this.shown.toFixed(3)})`;
    this.element.setAttribute('aria-valuenow', String(Math.round(this.shown * 100)));
  }
}
