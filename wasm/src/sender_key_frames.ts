/** Newer than TypeScript's DOM library: webrtc-extensions, and Chromium's own way to the encoder. */
interface AsksEncoder {
  setParameters(parameters: RTCRtpSendParameters, options?: { encodingOptions: { keyFrame: boolean }[] }): Promise<void>;
}

/** Makes encoders begin anew where the worker has no call for it (Chromium). */
export class SenderKeyFrames {
  readonly #senders = new Map<number, WeakRef<RTCRtpSender>>();
  #next = 0;

  /** The sender's number in messages of the worker. */
  add(sender: RTCRtpSender): number {
    this.#senders.set(this.#next, new WeakRef(sender));
    return this.#next++;
  }

  make(id: number): void {
    const sender = this.#senders.get(id)?.deref();
    if (sender?.track?.kind !== 'video') return;
    const parameters = sender.getParameters();
    const encodingOptions = parameters.encodings.map(() => ({ keyFrame: true }));
    // Refused while the connection closes, and by browsers that have transformer.generateKeyFrame().
    void (sender as AsksEncoder).setParameters(parameters, { encodingOptions }).catch(() => undefined);
  }
}
