// What the browser remembers between calls: never the room's key.

export interface Preferences {
  name: string;
  microphone: string;
  camera: string;
  speaker: string;
  microphoneOn: boolean;
  cameraOn: boolean;
}

const KEY = 'sotto.preferences';
const DEFAULTS: Preferences = {name: '', microphone: '', camera: '', speaker: '', microphoneOn: true, cameraOn: true};

export function readPreferences(storage: Pick<Storage, 'getItem'> | null): Preferences {
  const found: Preferences = {...DEFAULTS};
  try {
    const stored: unknown = JSON.parse(storage?.getItem(KEY) ?? '{}');
    for (const key of Object.keys(DEFAULTS) as (keyof Preferences)[]) {
      const value = (stored as Record<string, unknown> | null)?.[key];
      if (typeof value === typeof DEFAULTS[key]) Object.assign(found, {[key]: value});
    }
  } catch {
    // Blocked or damaged storage only costs convenience.
  }
  return found;
}

export function writePreferences(storage: Pick<Storage, 'setItem'> | null, preferences: Preferences): void {
  try {
    storage?.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // As above.
  }
}

export function browserStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
