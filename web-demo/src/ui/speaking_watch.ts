// The speaking mark, from the sound that this browser has opened (and, for oneself, captured).

import type {Call} from '../call/call.js';
import {LevelMeter, SpeakingMark} from '../media/level.js';
import type {Loudspeakers} from '../media/loudspeakers.js';
import type {Stage} from './stage.js';

const STEP_MS = 150;

export class SpeakingWatch {
  private readonly timer = setInterval(() => this.step(), STEP_MS);
  private own: {track: MediaStreamTrack; meter: LevelMeter} | null = null;
  private readonly ownMark = new SpeakingMark();
  private slots = new Map<string, string>();

  constructor(private readonly call: Call, private readonly loudspeakers: Loudspeakers, private readonly stage: Stage) {}

  /** Which tile each proven audio slot belongs to. */
  assign(): void {
    const owners = new Map<string, {endpoint: string; group: string}>();
    this.slots = new Map();
    for (const tile of this.call.model.tiles()) {
      if (tile.audioSlot === null) continue;
      owners.set(tile.audioSlot, {endpoint: tile.endpoint, group: tile.group});
      this.slots.set(tile.key, tile.audioSlot);
    }
    this.loudspeakers.assign(owners);
  }

  close(): void {
    clearInterval(this.timer);
    this.own?.meter.close();
  }

  private step(): void {
    if (document.hidden) return;
    const now = performance.now();
    const speaking = new Set([...this.slots].filter(([, slot]) => this.loudspeakers.isSpeaking(slot, now)).map(([key]) => key));
    for (const key of speaking) this.stage.noteSpeaking(key);
    for (const [key, tile] of this.stage.tiles) tile.setSpeaking(key === 'self/camera' ? this.ownSpeaks(now) : speaking.has(key));
  }

  private ownSpeaks(now: number): boolean {
    const track = this.call.local.outgoing('microphone');
    if (track !== this.own?.track) {
      this.own?.meter.close();
      this.own = track ? {track, meter: new LevelMeter(track)} : null;
    }
    return this.own ? this.ownMark.update(this.own.meter.read(), now) : false;
  }
}
