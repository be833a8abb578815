// The round stand-in for a picture: initials on a colour of their own.

/** Two letters at most: of the first and the last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter((word) => word !== '');
  const letter = (word: string | undefined) => [...word ?? ''][0]?.toLocaleUpperCase() ?? '';
  return words.length > 1 ? letter(words[0]) + letter(words[words.length - 1]) : letter(words[0]);
}

/** One of the stylesheet's eight avatar colours, the same for a name on every page. */
export function avatarColor(name: string): number {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + character.codePointAt(0)!) >>> 0;
  return hash % 8;
}
