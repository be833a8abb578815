import { fileURLToPath } from 'node:url';
import { dirname, resolve } from 'node:path';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
// ctest says which build it tests; by hand it is the development build.
export const bridgeProgram = process.env.SOTTO_BRIDGE ?? resolve(root, 'build/dev/bin/sotto-bridge');
export const webRoot = process.env.SOTTO_WEB_ROOT ?? resolve(root, 'build/web');
