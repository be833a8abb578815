// One <audio> element a receiving slot. The worker lets only opened frames through to it.

import {Emitter} from '../emitter.js';
import {LevelMeter, SpeakingMark} from './level.js';

interface Events {
  /** The browser wants a click before it plays sound; false: it plays. */
  blocked: boolean;
}

interface Voice {
  element: HTMLAudioElement;
  track: MediaStreamTrack;
  meter: LevelMeter | null;
  mark: SpeakingMark;
}

export class Loudspeakers extends Emitter<Events> {
  readonly element = document.createElement('div');
  private readonly voices = new Map<string, Voice>();
  private blocked = false;

  constructor(private sinkId: string) {
    super();
    this.element.hidden = true;
  }

  add(slot: string, track: MediaStreamTrack): void {
    const element = document.createElement('audio');
    element.autoplay = true;
    element.srcObject = new MediaStream([track]);
    this.element.append(element);
    this.voices.set(slot, {element, track, meter: null, mark: new SpeakingMark()});
    void this.route(element);
    this.play(element);
  }

  /** Whose voice is in which slot, by the keys. A meter runs only where somebody is. */
  assign(owners: Map<string, {endpoint: string; group: string}>): void {
    for (const [slot, voice] of this.voices) {
      const owner = owners.get(slot);
      if (owner) {
        voice.element.dataset['endpoint'] = owner.endpoint;
        voice.element.dataset['group'] = owner.group;
        voice.meter ??= new LevelMeter(voice.track);
      } else {
        delete voice.element.dataset['endpoint'];
        delete voice.element.dataset['group'];
        voice.meter?.close();
        voice.meter = null;
      }
    }
  }

  isSpeaking(slot: string, now: number): boolean {
    const voice = this.voices.get(slot);
    return voice?.meter ? voice.mark.update(voice.meter.read(), now) : false;
  }

  setSink(sinkId: string): void {
    this.sinkId = sinkId;
    for (const {element} of this.voices.values()) void this.route(element);
  }

  /** After the click that the browser wanted. */
  unblock(): void {
    for (const {element} of this.voices.values()) this.play(element);
  }

  /** The slots of a connection that is gone. */
  clear(): void {
    for (const {element, meter} of this.voices.values()) {
      meter?.close();
      element.srcObject = null;
      element.remove();
    }
    this.voices.clear();
  }

  private play(element: HTMLAudioElement): void {
    element.play().then(() => this.setBlocked(false), (error: unknown) => {
      if ((error as {name?: string}).name === 'NotAllowedError') this.setBlocked(true);
    });
  }

  private async route(element: HTMLAudioElement): Promise<void> {
    if (this.sinkId && 'setSinkId' in element) await element.setSinkId(this.sinkId).catch(() => undefined);
  }

  private setBlocked(blocked: boolean): void {
    if (blocked === this.blocked) return;
    this.blocked = blocked;
    this.emit('blocked', blocked);
  }
}

export function sinkSelectable(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype;
}
