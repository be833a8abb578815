// The binary frames of docs/protocol.md, "Delivery of group messages". Endpoints are texts here, as in
// the JSON messages.

export const HANDSHAKE = 1;
export const KEY_PACKAGE = 2;
export const WELCOME = 3;
export const APPLICATION = 4;

/** One message as the bridge delivers it. `sender` is the bridge's claim. */
export type Delivered =
    | {kind: 'handshake'; sender: string; number: number; id: number; message: Uint8Array}
    | {kind: 'keyPackage'; sender: string; sealed: Uint8Array}
    | {kind: 'welcome'; sender: string; message: Uint8Array}
    | {kind: 'application'; sender: string; id: number; message: Uint8Array};

const NAME_BYTES = 16;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export function endpointText(name: Uint8Array): string {
  let text = '';
  for (let i = 0; i < name.length; i += 3) {
    const bits = (name[i]! << 16) | ((name[i + 1] ?? 0) << 8) | (name[i + 2] ?? 0);
    for (let j = 0; j <= Math.min(3, name.length - i); ++j) text += ALPHABET[(bits >> (18 - 6 * j)) & 63];
  }
  return text;
}

/** null for what names no endpoint. */
export function endpointBytes(text: string): Uint8Array | null {
  const bytes = new Uint8Array(NAME_BYTES);
  let bits = 0, held = 0, at = 0;
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0 || at > NAME_BYTES) return null;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) bytes[at++] = (bits >> (held -= 8)) & 0xff;
  }
  return at === NAME_BYTES && endpointText(bytes) === text ? bytes : null;
}

export function clientFrame(kind: number, id: number, content: Uint8Array): Uint8Array {
  const frame = new Uint8Array(5 + content.length);
  frame[0] = kind;
  new DataView(frame.buffer).setUint32(1, id);
  frame.set(content, 5);
  return frame;
}

/** `to`: no endpoint twice. Whoever's id is none is left out. */
export function welcomeFrame(id: number, to: readonly string[], welcome: Uint8Array): Uint8Array {
  const names = to.map(endpointBytes).filter((name): name is Uint8Array => name !== null);
  const content = new Uint8Array(2 + names.length * NAME_BYTES + welcome.length);
  new DataView(content.buffer).setUint16(0, names.length);
  names.forEach((name, i) => content.set(name, 2 + i * NAME_BYTES));
  content.set(welcome, 2 + names.length * NAME_BYTES);
  return clientFrame(WELCOME, id, content);
}

/** Nothing for a frame that cannot be read: it is ignored, as unknown messages are. */
export function readFrame(frame: Uint8Array): Delivered[] {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.length <= 1 + NAME_BYTES) return [];
  const sender = endpointText(frame.subarray(1, 1 + NAME_BYTES));
  const rest = frame.subarray(1 + NAME_BYTES);
  switch (frame[0]) {
    case HANDSHAKE:
      if (rest.length <= 12) return [];
      return [{kind: 'handshake', sender, number: Number(view.getBigUint64(17)), id: view.getUint32(25), message: rest.subarray(12)}];
    case KEY_PACKAGE: return [{kind: 'keyPackage', sender, sealed: rest}];
    case WELCOME: return [{kind: 'welcome', sender, message: rest}];
    case APPLICATION: return readApplications(frame, view);
    default: return [];
  }
}

function readApplications(frame: Uint8Array, view: DataView): Delivered[] {
  const messages: Delivered[] = [];
  for (let at = 1; at < frame.length;) {
    const start = at + NAME_BYTES + 8;
    if (start > frame.length) return [];
    const end = start + view.getUint32(at + NAME_BYTES + 4);
    if (end > frame.length) return [];
    messages.push({kind: 'application', sender: endpointText(frame.subarray(at, at + NAME_BYTES)),
                   id: view.getUint32(at + NAME_BYTES), message: frame.subarray(start, end)});
    at = end;
  }
  return messages;
}
