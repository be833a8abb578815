// Names that a person would take for one another. Nobody is kept from any name (people share theirs):
// the page says where two look alike, and shows nobody else as it shows oneself.

/** Letters of other scripts, and digits, that look like a small Latin letter in most fonts. */
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  а: 'a', в: 'b', с: 'c', е: 'e', н: 'h', і: 'i', ј: 'j', к: 'k', м: 'm', о: 'o', р: 'p', ѕ: 's', т: 't', у: 'y', х: 'x', ԁ: 'd', ԛ: 'q', ԝ: 'w',
  α: 'a', β: 'b', ε: 'e', η: 'n', ι: 'i', κ: 'k', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x', γ: 'y', ϲ: 'c', ϳ: 'j', ı: 'i', ɑ: 'a', ɡ: 'g',
  '0': 'o', '1': 'i', l: 'i', '|': 'i',
};

/** Greek capitals that look like Latin ones, though their small letters look like others or none. */
const CAPITALS: Readonly<Record<string, string>> = {
  Α: 'A', Β: 'B', Ε: 'E', Ζ: 'Z', Η: 'H', Ι: 'I', Κ: 'K', Μ: 'M', Ν: 'N', Ο: 'O', Ρ: 'P', Τ: 'T', Υ: 'Y', Χ: 'X',
};

const replaced = (text: string, letters: Readonly<Record<string, string>>): string =>
  Array.from(text, (letter) => letters[letter] ?? letter).join('');

/** Equal for names that look alike; never shown. */
export function likeness(name: string): string {
  const plain = name.normalize('NFKD').replace(/[\p{M}\p{Cf}\s._-]/gu, '');
  const small = replaced(plain, CAPITALS).toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  return replaced(small, LOOKS_LIKE).replace(/rn/g, 'm').replace(/vv/g, 'w');
}

const SELF = likeness('You');

/** As the page calls somebody who is not oneself: "You" is nobody else. */
export function nameOfOther(name: string): string {
  return likeness(name) === SELF ? `“${name}” (not you)` : name;
}

/** Of these, the names that look like another one's. */
export function lookAlikes(names: readonly string[]): Set<string> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(likeness(name), (counts.get(likeness(name)) ?? 0) + 1);
  return new Set(names.filter((name) => counts.get(likeness(name))! > 1));
}
