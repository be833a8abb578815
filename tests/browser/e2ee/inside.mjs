// The worker's own modules, bundled for Node, so that its rules run without a browser and in
// virtual time; and the built core that they run on.
import { webcrypto } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../support/paths.mjs';

globalThis.crypto ??= webcrypto; // Node 18 has it only by name

const source = join(root, 'wasm/src');
const { outputFiles } = await build({
  stdin: {
    contents: `export { Core } from './worker/core.ts'; export { Room } from './worker/room.ts';
      export { RoomLink } from './worker/link.ts'; export { LinkCore } from './worker/link_core.ts'; export { Events } from './worker/events.ts';
      export { Samples } from './worker/samples.ts'; export { Lock } from './worker/lock.ts';
      export { stretch } from './worker/stretch.ts'; export { ExternalKeys } from './worker/keys.ts';
      export { detectSupport } from './support.ts'; export { concealSpeechIn } from './conceal_speech.ts'; export { MAX_FRAME_BYTES } from './worker/frame.ts';`,
    resolveDir: source,
    loader: 'ts',
  },
  bundle: true, format: 'esm', platform: 'node', target: 'node18', write: false,
});
export const { Core, Room, RoomLink, LinkCore, Events, Samples, Lock, ExternalKeys, stretch, detectSupport, concealSpeechIn, MAX_FRAME_BYTES } =
  await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);

export const wasmBytes = await readFile(join(root, 'wasm/dist/sotto.wasm')); // keys of the app
export const linkBytes = await readFile(join(root, 'wasm/dist/sotto-link.wasm')); // a room link's
// A link's core, with what every core does.
export async function loadCore() {
  const core = await Core.load(linkBytes);
  return Object.assign(new LinkCore(core), {
    write: (bytes) => core.write(bytes), peek: (codec, size) => core.peek(codec, size), lastFrame: () => core.lastFrame(),
  });
}

// A core whose KIDs and nonces are `bytes` repeated, where a test needs to know them.
export async function loadCoreWithRandom(bytes) {
  const real = globalThis.crypto.getRandomValues;
  let next = 0;
  globalThis.crypto.getRandomValues = (out) => out.forEach((_, at) => { out[at] = bytes[next++ % bytes.length]; });
  return { core: await loadCore(), restore: () => { globalThis.crypto.getRandomValues = real; } };
}
