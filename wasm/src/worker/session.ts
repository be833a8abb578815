import type { KeyMaterial } from '../key_provider.js';
import { SOURCES, type Source } from '../types.js';
import type { LinkCore } from './link_core.js';

/** What the worker holds under one link secret: handles into the core, never the keys themselves. */
export interface Session {
  handle: number;
  /** One sealer for a source, shared by every connection that sends it: its CTR never repeats. */
  sealers: Record<Source, { sealer: number; kid: string }>;
}

/** Null when the material is not a key. */
export function createSession(core: LinkCore, material: KeyMaterial): Session | null {
  const handle = core.createSession(material.room, material.generation, material.secret);
  if (handle === null) return null;
  const sealers = Object.fromEntries(SOURCES.map((source) => [source, core.createSealer(handle)]));
  return { handle, sealers: sealers as Session['sealers'] };
}

export function destroySession(core: LinkCore, session: Session): void {
  for (const { sealer } of Object.values(session.sealers)) core.destroySealer(sealer);
  core.destroySession(session.handle);
}
