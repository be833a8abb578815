// sotto-group.wasm: loading it, and its exports with types. One group a module (group_exports.cc).
export interface GroupExports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  sotto_initialize(): number;
  sotto_input(size: number): number;
  sotto_output(): number;
  sotto_group_create(size: number): number;
  sotto_group_start(others: number, now: number, unixSeconds: number): number;
  sotto_group_handle(kind: number, size: number, number: number, now: number): number;
  sotto_group_endpoint_left(now: number): number;
  sotto_group_log(same: number, named: number, now: number): number;
  sotto_group_timeout(now: number): number;
  sotto_group_next_timeout(): number;
  sotto_group_wish(wish: number, argument: number, size: number, now: number): number;
  sotto_group_streams(size: number, now: number): number;
  sotto_group_poll_message(): number;
  sotto_group_poll_event(): number;
  sotto_group_members(now: number): number;
  sotto_group_fingerprint(leaf: number): number;
  sotto_group_pins(): number;
  sotto_group_agreement(): number;
  sotto_group_epoch(): number;
  sotto_group_connect_frames(): number;
  sotto_group_poll_frames(): number;
}

export class GroupModule {
  readonly exports: GroupExports;

  static async load(wasm: BufferSource): Promise<GroupModule> {
    let memory: WebAssembly.Memory | null = null;
    const random = (at: number, size: number): void => {
      // Without randomness it must not go on: what is thrown here ends the call, and the group.
      for (let done = 0; done < size; done += 65_536) {
        crypto.getRandomValues(new Uint8Array(memory!.buffer, at + done, Math.min(size - done, 65_536)));
      }
    };
    const abort = (): never => {
      throw new Error('the group module has aborted');
    };
    const { instance } = await WebAssembly.instantiate(wasm, {
      env: { sotto_random: random, emscripten_notify_memory_growth: () => undefined },
      wasi_snapshot_preview1: { proc_exit: abort },
    });
    const exports = instance.exports as unknown as GroupExports;
    memory = exports.memory;
    exports._initialize();
    if (exports.sotto_initialize() !== 0) throw new Error('the group module could not start');
    return new GroupModule(exports);
  }

  private constructor(exports: GroupExports) {
    this.exports = exports;
  }

  /** Where the next call finds it; false over the limit. */
  write(...parts: readonly Uint8Array[]): boolean {
    const size = parts.reduce((sum, part) => sum + part.length, 0);
    let at = this.exports.sotto_input(size);
    if (at === 0) return false;
    const memory = new Uint8Array(this.exports.memory.buffer);
    for (const part of parts) {
      memory.set(part, at);
      at += part.length;
    }
    return true;
  }

  /** What a call has given: a copy. Null for none, or a failure. */
  output(size: number): Uint8Array<ArrayBuffer> | null {
    if (size <= 0) return null;
    const at = this.exports.sotto_output();
    return new Uint8Array((this.exports.memory.buffer as ArrayBuffer).slice(at, at + size));
  }
}
