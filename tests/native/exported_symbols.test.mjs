// What the shared library shows to the dynamic linker is the interface and nothing else, and the
// list of it changes only by additions.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const library = process.env.SOTTO_C_LIBRARY;
const run = (...command) => execFileSync(command[0], command.slice(1), { encoding: 'utf8' });
const checkedIn = readFileSync(join(here, 'exported_symbols.txt'), 'utf8').split('\n')
  .filter((line) => line && !line.startsWith('#'));
const header = ['sotto_e2ee.h', 'sotto_group.h']
  .map((name) => readFileSync(join(here, '../../native/include', name), 'utf8')).join('\n');

const exported = run(process.env.SOTTO_NM, '-D', '--defined-only', '--format=posix', library).split('\n')
  .filter(Boolean).map((line) => line.split(' ')).filter(([, type]) => type !== 'A').map(([name]) => name);

test('the library exports exactly the checked-in list, under the version of its interface', () => {
  assert.deepEqual(exported.sort(), checkedIn.map((name) => `${name}@@SOTTO_E2EE_1`).sort(),
    'when a function is added: add it to tests/native/exported_symbols.txt; never remove one');
});

test('the headers declare exactly what is exported', () => {
  const declared = [...header.matchAll(/^SOTTO_API [^;(]*?\b(sotto_\w+)\(/gm)].map((match) => match[1]);
  assert.deepEqual(declared.sort(), checkedIn.sort());
});

test('its soname carries the version of the interface', () => {
  const version = /#define SOTTO_E2EE_ABI_VERSION (\d+)/.exec(header)[1];
  assert.match(run('readelf', '-d', library), new RegExp(`SONAME.*\\[libsotto_e2ee_c\\.so\\.${version}\\]`));
});
