// People who ask to be let in and then say and do nothing: each a key package of its own, made by the
// group's module itself, and a connection. So a large group costs a test next to nothing.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { lineTo } from '../support/light_member.mjs';

export const KEY_PACKAGE = 2;
const wasm = new URL('../../../wasm/', import.meta.url);
const { outputFiles } = await build({
  stdin: {
    contents: "export { Keeper } from './group/worker/keeper.ts'; export { GroupModule } from './group/worker/module.ts';",
    resolveDir: fileURLToPath(new URL('src', wasm)),
    loader: 'ts',
  },
  bundle: true, format: 'esm', platform: 'node', target: 'node18', write: false,
});
const { Keeper, GroupModule } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
const module = await readFile(new URL('dist/sotto-group.wasm', wasm));

async function keyPackageOf({ room, link, name, endpoint }) {
  let found = null;
  const clock = { now: () => performance.now(), unixSeconds: () => Math.floor(Date.now() / 1000), later: () => () => undefined };
  const keeper = new Keeper(await GroupModule.load(module), clock, ({ type, message }) => {
    if (type === 'send' && message.kind === KEY_PACKAGE) found = message.bytes;
  }, () => undefined);
  keeper.create({ room, name, fragment: new TextEncoder().encode(link), endpoint: Buffer.from(endpoint, 'base64url'), identity: 'new',
    publishes: false, joinPolicy: 'open', mediaEncrypted: true, permanent: false }, new Uint8Array(0), null);
  keeper.follow(1);
  return found;
}

// Connections with their key packages, ready to be shown to the room all at once.
export async function crowdOf(count, bridge, { room, link }) {
  const people = [];
  for (let index = 0; index < count; index++) {
    const { client, transport, endpoint } = lineTo(bridge, room);
    const bytes = await keyPackageOf({ room, link, name: `Silent ${index}`, endpoint });
    await transport.connect(endpoint, { message: () => undefined, left: () => undefined, reconnected: () => undefined });
    people.push({ ask: () => transport.send({ kind: KEY_PACKAGE, to: [], bytes }), close: () => client.leave() });
  }
  return people;
}
