// CPU of the whole browser, from /proc: all of its processes and all of their threads.
import { readdirSync, readFileSync } from 'node:fs';

const read = (path) => {
  try { return readFileSync(path, 'utf8'); } catch { return null; } // it has ended meanwhile
};

function descendants(pid) {
  const children = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = read(`/proc/${name}/stat`)?.replace(/^.*\) /s, '').split(' ')[1];
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), name]);
  }
  const all = [];
  for (const queue = [String(pid)]; queue.length > 0;) {
    const next = children.get(queue.pop()) ?? [];
    all.push(...next);
    queue.push(...next);
  }
  return all;
}

/** Milliseconds so far of everything this process has started, and of the workers' threads in it. */
export function browserCpu() {
  let all = 0, workers = 0;
  for (const pid of descendants(process.pid)) {
    for (const thread of tasks(pid)) {
      // Nanoseconds on a CPU; /proc/PID/stat counts in ticks of 10 ms.
      const spent = Number(read(`/proc/${pid}/task/${thread}/schedstat`)?.split(' ')[0] ?? 0) / 1e6;
      all += spent;
      if (read(`/proc/${pid}/task/${thread}/comm`)?.startsWith('DedicatedWorker')) workers += spent;
    }
  }
  return { all, workers };
}

function tasks(pid) {
  try { return readdirSync(`/proc/${pid}/task`); } catch { return []; }
}
