// Names for new rooms, easy to say on the telephone: quiet-otter-4821. The name is public (the
// bridge sees it); what keeps strangers out is the link's secret.

const QUIET = [
  'amber', 'brave', 'bright', 'calm', 'clear', 'cosy', 'early', 'gentle', 'golden', 'green',
  'hidden', 'honest', 'kind', 'lucky', 'mellow', 'merry', 'misty', 'noble', 'patient', 'quick',
  'quiet', 'silver', 'snowy', 'soft', 'steady', 'sunny', 'swift', 'tidy', 'velvet', 'warm', 'wild', 'wise',
];
const THINGS = [
  'alder', 'badger', 'beacon', 'birch', 'brook', 'cedar', 'comet', 'crane', 'falcon', 'fern',
  'finch', 'garden', 'harbor', 'heron', 'island', 'lantern', 'lark', 'maple', 'meadow', 'moon',
  'otter', 'owl', 'pebble', 'pine', 'raven', 'river', 'robin', 'sparrow', 'summit', 'swan', 'willow', 'wren',
];

export function newRoomName(random: (bytes: Uint8Array) => Uint8Array): string {
  const bytes = random(new Uint8Array(4));
  const first = QUIET[bytes[0]! % QUIET.length]!;
  const second = THINGS[bytes[1]! % THINGS.length]!;
  const digits = String((bytes[2]! * 256 + bytes[3]!) % 10000).padStart(4, '0');
  return `${first}-${second}-${digits}`;
}

/** "quiet-otter-4821" as a heading. */
export function spokenRoomName(room: string): string {
  return room.replace(/[-_]+/g, ' ').replace(/^./, (letter) => letter.toUpperCase());
}
