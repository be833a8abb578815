// The rules of docs/architecture.md that a machine can watch. Each returns its complaints.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { code, includes, listFiles, read, root } from './sources.mjs';

const isShell = (file) => /^native-bridge\/(net|ops)\/|^native-bridge\/main\.cc$/.test(file);
const cores = () => listFiles(/^(shared|native-bridge)\/.*\.(cc|h)$/).filter((file) => !isShell(file));

function complaintsAbout(files, patterns) {
  const found = [];
  for (const file of files) {
    code(file).split('\n').forEach((line, index) => {
      for (const [pattern, why] of patterns) {
        if (pattern.test(line)) found.push(`${file}:${index + 1}: ${why}: ${line.trim()}`);
      }
    });
  }
  return found;
}

// Time, randomness and bytes are arguments: a conference in a test is the same each run.
export function coresAreSansIo() {
  const found = complaintsAbout(cores(), [
    [/\bnow\s*\(\s*\)/, 'reads a clock'],
    [/\b(gettimeofday|clock_gettime|time)\s*\(\s*(nullptr|NULL|0|&|CLOCK)/, 'reads a clock'],
    [/\b(steady_clock|system_clock|high_resolution_clock)\b/, 'knows a clock'],
    [/\bstd::(thread|jthread|mutex|async|condition_variable)\b/, 'has a thread'],
    [/\b(random_device|mt19937|srand|rand)\b\s*[({]/, 'makes its own randomness'],
    [/\b(getenv|fopen|ifstream|ofstream)\b/, 'reads files or environment'],
  ]);
  const io = /^(sys\/socket|netinet\/|arpa\/|sys\/epoll|poll|unistd|fstream|iostream|thread|boost\/asio|boost\/beast|spdlog)/;
  for (const file of cores()) {
    for (const header of includes(file)) {
      // inet_pton and inet_ntop are plain text conversions.
      if (io.test(header) && header !== 'arpa/inet.h') found.push(`${file}: includes <${header}>`);
    }
  }
  return found;
}

export function sharedThrowsNothing() {
  return complaintsAbout(listFiles(/^shared\/.*\.(cc|h)$/), [
    [/\bthrow\b/, 'throws'],
    [/\btry\s*\{|\bcatch\s*\(/, 'catches'],
  ]);
}

// Which folders a folder's files may include from: dependencies point one way.
const allowed = {
  'shared/base': ['base'],
  'shared/crypto': ['base', 'crypto'],
  'shared/sframe': ['base', 'crypto', 'sframe'],
  'shared/media': ['base', 'media'],
  'shared/e2ee': ['base', 'crypto', 'sframe', 'media', 'e2ee'],
  'shared/mls': ['base', 'crypto', 'mls'],
  'shared/room': ['base', 'crypto', 'sframe', 'media', 'e2ee', 'mls', 'room'],
  'shared/compat': ['base', 'crypto', 'sframe', 'media', 'e2ee', 'compat'],
};
const media = ['base', 'datagram', 'stun', 'ice', 'dtls', 'srtp', 'transport', 'rtp', 'rtcp', 'cc', 'sdp'];
const bridge = {
  auth: ['base', 'auth'],
  datagram: ['base', 'datagram'],
  stun: ['base', 'datagram', 'stun'],
  ice: ['base', 'datagram', 'stun', 'ice'],
  dtls: ['base', 'datagram', 'dtls', 'srtp'],
  srtp: ['base', 'datagram', 'srtp'],
  transport: ['base', 'datagram', 'stun', 'ice', 'dtls', 'srtp', 'transport'],
  rtp: ['base', 'rtp'],
  rtcp: ['base', 'rtp', 'rtcp'],
  cc: ['base', 'rtp', 'rtcp', 'cc'],
  sdp: media,
  sfu: [...media, 'sfu'],
  signaling: ['base', 'signaling', 'sdp', 'sfu'],
  delivery: ['base', 'delivery'],
  bridge: [...media, 'sfu', 'signaling', 'delivery', 'auth', 'bridge'],
  net: ['base', 'auth', 'datagram', 'delivery', 'dtls', 'bridge', 'net'],
  ops: ['base', 'auth', 'datagram', 'delivery', 'signaling', 'bridge', 'net', 'ops'],
};
for (const [folder, list] of Object.entries(bridge)) allowed[`native-bridge/${folder}`] = list;

// MLS is a stack of its own: each part may use only those before it.
const mlsParts = ['wire', 'keys', 'tree', 'framing', 'group'];
const mlsPart = (path) => mlsParts.indexOf(path.match(/(?:^|\/)mls\/(\w+)\//)?.[1]);

export function dependenciesPointOneWay() {
  const found = [];
  for (const file of listFiles(/^(shared|native-bridge)\/.+\/.*\.(cc|h)$/)) {
    const folder = file.split('/').slice(0, 2).join('/');
    if (!allowed[folder]) {
      found.push(`${file}: tests/tidy/rules.mjs does not know the folder ${folder}`);
      continue;
    }
    for (const header of includes(file)) {
      const from = header.split('/')[0];
      const ours = existsSync(join(root, 'shared', header)) || existsSync(join(root, 'native-bridge', header));
      const above = folder === 'shared/mls' && mlsPart(header) > mlsPart(file);
      if (ours && (above || !allowed[folder].includes(from))) found.push(`${file}: may not include ${header}`);
    }
  }
  return found;
}

// The bridge cannot decrypt because it has no code that could.
export function bridgeLinksNoDecryption() {
  const found = [];
  for (const file of listFiles(/^native-bridge\/(.*\/)?CMakeLists\.txt$/)) {
    const text = read(file).replace(/#[^\n]*/g, '');
    for (const [name] of text.matchAll(/\bsotto_(?!bridge_|library\b|test\b|base\b|flags\b)\w+/g)) {
      found.push(`${file}: names ${name}; of shared/ only sotto_base belongs in the bridge`);
    }
  }
  return found;
}

export function binaryIsPayloadBlind(binary) {
  const run = (...command) =>
    execFileSync(command[0], command.slice(1), { encoding: 'utf8', maxBuffer: 1 << 30 });
  // Lower case: mangled names of templates are full of "E2EE".
  const decrypts = /[sS][fF]rame|\bmls\b|mlspp|e2ee|[jJ][fF]rame|[lL]ive_?[kK]it|TrailerParticipant|sodium|ratchet_tree|\bsotto::(crypto|media)\b/;
  // Without addresses, which are full of hexadecimal words.
  const symbols = run('nm', '-C', binary).split('\n').map((line) => line.replace(/^[0-9a-f]+ /, ''));
  const libraries = run('ldd', binary).split('\n').map((line) => line.replace(/ \(0x[0-9a-f]+\)$/, ''));
  const strings = run('strings', '-n', '4', binary).split('\n');
  const found = [];
  if (!symbols.some((line) => line.includes('sotto::bridge::Bridge::'))) {
    found.push(`${binary} has no symbols of its own: this test sees nothing in it`);
  }
  for (const line of [...symbols, ...libraries, ...strings]) {
    if (decrypts.test(line)) found.push(`${binary}: ${line.trim().slice(0, 160)}`);
  }
  return found;
}

export function filesAreShort() {
  return listFiles(/\.(c|cc|h|ts|mjs|js|css|html|sh|py|cmake)$|CMakeLists\.txt$/)
    .map((file) => [file, read(file).split('\n').length - 1])
    .filter(([, lines]) => lines > 500)
    .map(([file, lines]) => `${file}: ${lines} lines, 500 are the most`);
}

export function nothingIsLeftForLater() {
  const marks = /\b(TODO|FIXME|XXX|HACK)\b/;
  const found = [];
  for (const file of listFiles(/\.(cc|h|ts|mjs|js|css|html|sh|cmake|md|yml)$|CMakeLists\.txt$/)) {
    if (file.startsWith('tests/tidy/')) continue;
    read(file).split('\n').forEach((line, index) => {
      if (marks.test(line)) found.push(`${file}:${index + 1}: ${line.trim()}`);
    });
  }
  return found;
}

// tests/<folder>/<name>_test.cc for every source, or a line in tested_elsewhere.txt that names the
// tests that cover it.
export function everySourceHasATest() {
  const elsewhere = new Map();
  const found = [];
  for (const line of read('tests/tidy/tested_elsewhere.txt').split('\n')) {
    if (!line || line.startsWith('#')) continue;
    const [source, ...tests] = line.split(/\s+/);
    elsewhere.set(source, tests);
    if (!existsSync(join(root, source))) found.push(`tested_elsewhere.txt: ${source} is gone`);
    if (tests.length === 0) found.push(`tested_elsewhere.txt: ${source} names no test`);
    for (const test of tests) {
      if (!existsSync(join(root, 'tests', test))) found.push(`tested_elsewhere.txt: tests/${test} is gone`);
    }
  }
  for (const source of listFiles(/^(shared|native-bridge|native)\/.*\.cc$/)) {
    const test = `tests/${source.replace(/^native\/src\//, 'native/').replace(/\.cc$/, '_test.cc')}`;
    const own = existsSync(join(root, test));
    if (!own && !elsewhere.has(source)) found.push(`${source}: no ${test}, and not in tested_elsewhere.txt`);
    if (own && elsewhere.has(source)) found.push(`tested_elsewhere.txt: ${source} has its own test by now`);
  }
  return found;
}

// docs/security.md says which test carries out which attack: every rule that can be left out has a
// row, and every test that is named exists.
export function attacksHaveTests() {
  const found = [];
  const rows = read('docs/security.md').split('\n').filter((line) => line.startsWith('|'));
  const all = rows.join('\n');
  const policy = read('shared/room/policy.h');
  for (const [, rule] of policy.matchAll(/^ {2}(k[A-Z]\w+),/gm)) {
    if (rule !== 'kCount' && !all.includes(`\`${rule}\``)) found.push(`docs/security.md: no row for ${rule}`);
  }
  const sources = listFiles(/^tests\/shared\/.*_test\.cc$/).map(read).join('\n');
  for (const row of rows) {
    const tests = row.split(' | ').at(-1);
    for (const [, name] of tests.matchAll(/`([^`]+)`/g)) {
      const suite = name.match(/^(\w+)\.(\w+)$/);
      const known = suite
        ? new RegExp(`^TEST(_F)?\\(${suite[1]},\\s*${suite[2]}\\)`, 'm').test(sources)
        : existsTest(name);
      if (!known) found.push(`docs/security.md: there is no test ${name}`);
    }
  }
  return found;
}

function existsTest(name) {
  const places = [name, `tests/shared/room/${name}.cc`, `tests/native/${name}.cc`, `tests/browser/e2ee/${name}`, `tests/browser/call/${name}`];
  return places.some((place) => existsSync(join(root, place)));
}
