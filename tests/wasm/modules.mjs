// Test modules of build/wasm/bin, and bytes that look random and are the same each run.
import { createCipheriv, createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export async function loadModule(name) {
  const file = fileURLToPath(new URL(`../../build/wasm/bin/${name}`, import.meta.url));
  if (!existsSync(file)) throw new Error(`${file} is missing: run scripts/build-web.sh --tests`);
  const { instance } = await WebAssembly.instantiate(readFileSync(file), {
    env: { emscripten_notify_memory_growth: () => undefined },
    wasi_snapshot_preview1: { proc_exit: () => undefined },
  });
  instance.exports._initialize?.();
  return instance.exports;
}

export function bytesFrom(seed) {
  const stream = createCipheriv('aes-256-ctr', createHash('sha256').update(seed).digest(), Buffer.alloc(16));
  return (size) => stream.update(Buffer.alloc(size));
}
