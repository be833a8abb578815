// A network that can fail: relays in user space between a page and its bridge.
import dgram from 'node:dgram';
import net from 'node:net';

// UDP: forwards a port of its own to the bridge's media port, one upstream socket a client.
// `block(true)` loses everything both ways; `loss` drops that share, from a seed; `holdBack(ms)` lets everything
// reach the page that much later.
// `address`: where the bridge is, and the relay too: only the port in the page's candidates changes.
export async function udpRelay(mediaPort, { loss = 0, seed = 1, address = '127.0.0.1' } = {}) {
  const face = dgram.createSocket('udp4');
  const upstream = new Map(), held = new Set();
  let blocked = false, late = 0, state = seed >>> 0 || 1;
  const counts = { up: 0, down: 0, dropped: 0 };
  const drops = () => {
    state ^= state << 13; state >>>= 0; state ^= state >>> 17; state ^= state << 5; state >>>= 0; // xorshift32
    if (blocked || (loss > 0 && state / 2 ** 32 < loss)) { counts.dropped++; return true; }
    return false;
  };
  face.on('message', (data, client) => {
    if (drops()) return;
    const key = `${client.address}:${client.port}`;
    let socket = upstream.get(key);
    if (!socket) {
      socket = dgram.createSocket('udp4');
      socket.on('message', (answer) => {
        if (drops()) return;
        counts.down++;
        if (late === 0) face.send(answer, client.port, client.address);
        else held.add(setTimeout(() => face.send(answer, client.port, client.address), late));
      });
      upstream.set(key, socket);
    }
    counts.up++;
    socket.send(data, mediaPort, address);
  });
  await new Promise((resolve) => face.bind(0, address, resolve));
  return {
    port: face.address().port, counts,
    block(on) { blocked = on; },
    holdBack(milliseconds) { late = milliseconds; },
    // What a page runs before anything else: the bridge's candidates lead to the relay, TCP to nowhere.
    get initScript() {
      return `{
        const set = RTCPeerConnection.prototype.setRemoteDescription;
        RTCPeerConnection.prototype.setRemoteDescription = function (description) {
          const sdp = description.sdp.split('\\r\\n')
            .filter((line) => !/^a=candidate:.* tcp /i.test(line))
            .map((line) => line.replace(/^(a=candidate:\\S+ \\d+ udp \\d+ \\S+) ${mediaPort} /i, '$1 ${this.port} '))
            .join('\\r\\n');
          return set.call(this, { type: description.type, sdp });
        };
      }`;
    },
    close() { held.forEach(clearTimeout); face.close(); for (const socket of upstream.values()) socket.close(); },
  };
}

// TCP: forwards to the bridge's HTTP port; `cut()` ends every connection and refuses new ones.
export async function tcpProxy(target) {
  const pairs = new Set();
  let refusing = false;
  const server = net.createServer((client) => {
    if (refusing) { client.destroy(); return; }
    const up = net.connect(target, '127.0.0.1');
    const pair = { client, up };
    pairs.add(pair);
    const end = () => { pairs.delete(pair); client.destroy(); up.destroy(); };
    for (const socket of [client, up]) { socket.on('error', end); socket.on('close', end); }
    client.pipe(up); up.pipe(client);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: server.address().port,
    cut() { refusing = true; for (const { client, up } of pairs) { client.destroy(); up.destroy(); } pairs.clear(); },
    restore() { refusing = false; },
    close() { this.cut(); server.close(); },
  };
}
