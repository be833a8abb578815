// Sotto's members of a group, in the bench's own WebAssembly module (mls_exports.cc): what the
// product's module is built of, called without the messages of a worker around it.
export async function loadOurs(moduleBytes) {
  let memory;
  const fillRandom = (at, size) => {
    for (let done = 0; done < size; done += 65536) {
      crypto.getRandomValues(new Uint8Array(memory.buffer, at + done, Math.min(65536, size - done)));
    }
  };
  const imports = { wasi_snapshot_preview1: { proc_exit: () => undefined }, env: { sotto_random: fillRandom, emscripten_notify_memory_growth: () => undefined } };
  const { exports } = (await WebAssembly.instantiate(moduleBytes, imports)).instance;
  memory = exports.memory;
  exports._initialize();

  const calling = (name) => (...values) => {
    const result = exports[`sotto_${name}`](...values);
    if (result < 0) throw new Error(`${name}: error ${-1 - result}`);
    return result;
  };
  const call = Object.fromEntries(Object.keys(exports).filter((name) => name.startsWith('sotto_'))
    .map((name) => name.slice(6)).map((name) => [name, calling(name)]));
  const give = (bytes) => new Uint8Array(memory.buffer, call.input(bytes.length), bytes.length).set(bytes);
  const take = (which = 0) => new Uint8Array(memory.buffer, call.output(which), call.output_size(which)).slice();

  return {
    ...call,
    memoryBytes: () => memory.buffer.byteLength,
    keyPackage(seed) { call.key_package(seed); return take(); },
    addForeign(message) { give(message); call.propose_add_input(); },
    commit(group, path) {
      call.commit(group, path ? 1 : 0);
      return { commit: take(), welcome: take(1) };
    },
    process(group, message) { give(message); call.process(group); },
    join(welcome) { give(welcome); return call.join(); },
    exported(group) { call.exporter(group); return take(); },
  };
}
