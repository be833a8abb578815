// A hex dump as people know it: offset, bytes, and what of them is printable.

export function hexDump(bytes: Uint8Array, columns = 16): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += columns) {
    const row = [...bytes.subarray(at, at + columns)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ').padEnd(columns * 3 - 1);
    const text = row.map((byte) => byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·').join('');
    lines.push(`${at.toString(16).padStart(3, '0')}  ${hex}  ${text}`);
  }
  return lines.join('\n');
}
