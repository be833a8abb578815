// The name that goes into a credential: the group refuses any that could mislead beside a picture
// (shared/room/display_name.h), so what a person has typed is brought into that form.

const MAX_LENGTH = 60;
const MAX_BYTES = 128;
const NAMELESS = 'Guest';

export function credentialName(typed: string): string {
  const text = typed.normalize('NFC')
      .replace(/\p{Z}+|[\t\n\r]+/gu, ' ')
      .replace(/[\p{C}\u{3164}\u{115f}\u{1160}\u{ffa0}\u{2800}\u{34f}\u{17b4}\u{17b5}\u{180b}-\u{180f}\u{fffc}\u{1d159}\u{e0100}-\u{e01ef}]/gu, '')
      .replace(/(\p{M}{4})\p{M}+/gu, '$1')
      .replace(/ +/g, ' ')
      .replace(/(^| )\p{M}+/gu, '$1')
      .trim();
  let name = '';
  for (const letter of [...text].slice(0, MAX_LENGTH)) {
    if (new TextEncoder().encode(name + letter).length > MAX_BYTES) break;
    name += letter;
  }
  return name.trim() || NAMELESS;
}
