// What other people write is shown as text, never as anything else: cleaned here, cut to a bound, and
// taken apart into plain pieces and https addresses. Pure.

/** Bytes of UTF-8 that a message may have. */
export const MAX_TEXT_BYTES = 4096;
const MAX_ADDRESS = 512;

// Control characters but for the line break, and what turns the direction of the text around it. The
// joiner inside of composed emoji stays.
const UNWANTED = /(?!\n)\p{Cc}|[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

export function cleanText(text: string): string {
  return text.replaceAll('\t', ' ').replace(UNWANTED, '').replace(/\n{3,}/g, '\n\n').trim();
}

/** A reaction is one sign, or two; whatever else another member sends is cut. */
export function cleanReaction(text: string): string {
  return [...cleanText(text).replaceAll('\n', '')].slice(0, 8).join('');
}

export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

export interface TextPart {
  text: string;
  /** An address that may be opened; null: plain text. */
  address: string | null;
}

/** Only https addresses without a name in front of the host (`https://bank.example@elsewhere`). */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(/https:\/\/[^\s<>"']+/g)) {
    const found = match[0].replace(/[.,;:!?)\]}…]+$/, '');
    const address = openable(found);
    if (address === null) continue;
    if (match.index > end) parts.push({text: text.slice(end, match.index), address: null});
    parts.push({text: found, address});
    end = match.index + found.length;
  }
  if (end < text.length) parts.push({text: text.slice(end), address: null});
  return parts;
}

// What is shown must be where it leads: no other letters that look like the host's, no user name.
function openable(text: string): string | null {
  if (text.length > MAX_ADDRESS) return null;
  try {
    const url = new URL(text);
    const plain = url.protocol === 'https:' && url.username === '' && url.password === '' && url.hostname.includes('.');
    const host = text.slice('https://'.length).split(/[/?#]/, 1)[0]!.toLowerCase();
    return plain && host === url.host ? url.href : null;
  } catch {
    return null;
  }
}
