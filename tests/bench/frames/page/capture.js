// Imported before the two workers that are measured: what they install as handlers of this worker
// is kept here instead, so that both can live in one thread and be given streams by hand.
const handlers = { onmessage: [], onrtctransform: [] };
for (const name of Object.keys(handlers)) {
  Object.defineProperty(self, name, {
    configurable: true,
    get: () => null,
    set: (handler) => handlers[name].push(handler),
  });
}

// LiveKit's is imported first and sets both at once; Sotto's sets them when its core is loaded.
export const livekit = {
  message: (data) => handlers.onmessage[0]({ data }),
  transform: (transformer) => handlers.onrtctransform[0]({ transformer }),
};
export const sotto = {
  message: (event) => handlers.onmessage.at(-1)(event),
  transform: (transformer) => handlers.onrtctransform.at(-1)({ transformer }),
};

// The exports of Sotto's core, and its last call that sealed a frame, to time that alone (raw.js).
export const core = { exports: null, lastSeal: null, watching: false };
const SEALS = /^sotto_(.*_)?seal$/;
const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (...given) => {
  const { instance, module } = await instantiate.apply(WebAssembly, given);
  core.exports = instance.exports;
  return { module, instance: { exports: watched(instance.exports) } };
};

function watched(exports) {
  const copy = { ...exports };
  for (const name of Object.keys(exports)) {
    if (!SEALS.test(name)) continue;
    copy[name] = (...given) => {
      const result = exports[name](...given);
      if (core.watching) core.lastSeal = { call: exports[name], given };
      return result;
    };
  }
  return copy;
}
