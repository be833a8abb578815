// Imported before anything else, this runs the test file in a network namespace of its own: the
// loopback, and 192.0.2.2 (TEST-NET-1, RFC 5737) on a virtual link with nothing behind it. Firefox
// never gathers candidates on the loopback, and Janus skips it.
import { spawn } from 'node:child_process';

export const ADDRESS = '192.0.2.2';
const INSIDE = 'SOTTO_OWN_NETWORK';

const setUp = `
  ip link set lo up
  ip link add sotto0 type veth peer name sotto1
  ip address add ${ADDRESS}/24 dev sotto0
  ip link set sotto1 up
  ip link set sotto0 up
  ip route add default dev sotto0
  exec "$@"`;

// The same command again, inside; what it writes and how it ends is what the test runner sees.
async function runInside() {
  const asRoot = process.getuid() === 0 ? [] : ['--user', '--map-root-user'];
  const child = spawn('unshare', ['--net', ...asRoot, 'sh', '-euc', setUp, 'own-network', process.execPath,
    ...process.execArgv, ...process.argv.slice(1)], { stdio: 'inherit', env: { ...process.env, [INSIDE]: '1' } });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const code = await new Promise((resolve) => {
    child.once('exit', (status, signal) => resolve(signal ? 1 : status));
    child.once('error', (error) => {
      console.error(`this test needs a network namespace (unshare from util-linux, ip from iproute2): ${error.message}`);
      resolve(1);
    });
  });
  process.exit(code);
}

if (process.env[INSIDE] !== '1') await runInside();
