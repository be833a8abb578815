// A shared screen: a further video track and, where the browser has it, its sound.

import {screenShareSupported} from '../media/capture.js';
import type {Publisher} from '../media/publisher.js';

export class ScreenShare {
  stream: MediaStream | null = null;

  /** `onEnded`: the person used the browser's own "stop sharing". */
  constructor(private readonly onEnded: () => void) {}

  get supported(): boolean {
    return screenShareSupported();
  }

  /** False: the person thought better of it. Throws when it does not work. */
  async start(): Promise<boolean> {
    try {
      this.stream = await navigator.mediaDevices.getDisplayMedia({video: {frameRate: {ideal: 15, max: 30}}, audio: true});
    } catch (error) {
      if ((error as {name?: string}).name === 'NotAllowedError') return false;
      throw error;
    }
    for (const track of this.stream.getVideoTracks()) {
      track.contentHint = 'detail';
      track.onended = this.onEnded;
    }
    return true;
  }

  addTo(publisher: Publisher): void {
    const [video] = this.stream?.getVideoTracks() ?? [];
    const [audio] = this.stream?.getAudioTracks() ?? [];
    if (video) publisher.add('screen', video);
    if (audio) publisher.add('screen-audio', audio);
  }

  removeFrom(publisher: Publisher | undefined): void {
    publisher?.remove('screen');
    publisher?.remove('screen-audio');
  }

  stop(): void {
    for (const track of this.stream?.getTracks() ?? []) {
      track.onended = null;
      track.stop();
    }
    this.stream = null;
  }
}
