// Where the bridge is: where the page came from, unless whoever serves the page elsewhere has
// written the bridge's origin into <meta name="sotto-bridge">.

export function signalingAddress(): string {
  const named = document.querySelector<HTMLMetaElement>('meta[name="sotto-bridge"]')?.content.trim() ?? '';
  const address = new URL('/v1/ws', named === '' ? location.origin : named);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return address.href;
}
