// The package as another developer gets it: `npm pack`, unpacked into a folder of its own.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../support/paths.mjs';

export function unpack() {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-npm-'));
  const [packed] = JSON.parse(execFileSync('npm', ['pack', '--json', '--pack-destination', folder],
    { cwd: join(root, 'wasm'), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }));
  const archive = join(folder, packed.filename.replace('@', '').replace('/', '-'));
  execFileSync('tar', ['-xzf', archive, '-C', folder]);
  const path = join(folder, 'package');
  return {
    folder, path, archive,
    files: packed.files.map((file) => file.path),
    readme: readFileSync(join(path, 'README.md'), 'utf8'),
    manifest: JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

// The first code block under the heading "Five lines", exactly as it stands there.
export function fiveLines(readme) {
  const [, section] = /^## Five lines\n([^]*?)\n## /m.exec(readme) ?? [];
  const [, block] = /^```js\n([^]*?)\n```$/m.exec(section ?? '') ?? [];
  if (block === undefined) throw new Error('README.md has no code block under "Five lines"');
  return block;
}
