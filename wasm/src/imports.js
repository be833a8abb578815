// Names for the linker what the worker brings (src/worker/core.ts); nothing of it is compiled in.
mergeInto(LibraryManager.library, { sotto_random: () => undefined });
