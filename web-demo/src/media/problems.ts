// What went wrong with a camera or a microphone, in sentences that tell what to do.

export type DeviceKind = 'microphone' | 'camera';
export type Trouble = 'insecure' | 'denied' | 'missing' | 'busy' | 'unplugged' | 'failed';

export function troubleOf(error: unknown): Trouble {
  const name = typeof error === 'object' && error !== null ? (error as {name?: unknown}).name : undefined;
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'failed';
  }
}

export function sentence(kind: DeviceKind, trouble: Trouble): string {
  switch (trouble) {
    case 'insecure':
      return `The ${kind} works only on a page with https:// in its address (or on localhost). You can still join and watch.`;
    case 'denied':
      return `The browser may not use your ${kind}. Allow it with the icon at the left of the address bar, or join without.`;
    case 'missing':
      return `No ${kind} was found. Plug one in, or join without.`;
    case 'busy':
      return `Your ${kind} is in use by another program. Close that program and try again, or join without.`;
    case 'unplugged':
      return `Your ${kind} was disconnected.`;
    case 'failed':
      return `Your ${kind} could not be started. Try again, choose another, or join without.`;
  }
}

/** What to show for both; the same trouble with both is said once. */
export function problemTexts(trouble: Partial<Record<DeviceKind, Trouble>>): Record<DeviceKind, string> {
  const {microphone, camera} = trouble;
  if (microphone === camera && microphone === 'denied') {
    return {camera: '', microphone: 'The browser may not use your camera and microphone. Allow them with the icon at the left of the address bar, or join without.'};
  }
  if (microphone === camera && microphone === 'insecure') {
    return {camera: '', microphone: 'Camera and microphone work only on a page with https:// in its address (or on localhost). You can still join and watch.'};
  }
  return {microphone: microphone ? sentence('microphone', microphone) : '', camera: camera ? sentence('camera', camera) : ''};
}
