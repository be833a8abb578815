// The repository's own files, as git knows them, and their text without comments.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = process.env.SOTTO_SOURCE_DIR ?? join(import.meta.dirname ?? '.', '../..');

// Tracked files and new ones that are not ignored, relative to the root.
export function listFiles(pattern) {
  const out = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'],
                           { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  return [...new Set(out.split('\n'))].filter((file) => pattern.test(file) && existsSync(join(root, file)));
}

export const read = (file) => readFileSync(join(root, file), 'utf8');

// C++ without comments and the contents of string literals, line by line as it was.
export function code(file) {
  const kept = (text) => text.replace(/[^\n]/g, '');
  return read(file).replace(
    /R"(\w*)\([^]*?\)\1"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'|\/\/[^\n]*|\/\*[^]*?\*\//g,
    (match) => (match.startsWith('/') ? kept(match) : `""${kept(match)}`));
}

// #include "..." paths; code() would blank them.
export const includes = (file) =>
  [...read(file).matchAll(/^\s*#include\s+["<]([^">]+)[">]/gm)].map((match) => match[1]);
