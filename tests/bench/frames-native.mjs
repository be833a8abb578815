// Native frames against the libraries' own calls: tests/bench/native/frames_native.cc.
import { execFileSync } from 'node:child_process';
import { jsonPath, report } from './report.mjs';

const program = process.env.SOTTO_FRAMES_NATIVE ?? 'build/release/bin/frames-native';
const figures = JSON.parse(execFileSync(program, { encoding: 'utf8', maxBuffer: 1 << 24 }));
const size = (id) => Number(id.split('/')[1]);
report('frames-native', figures.map((figure) => (/ratio_raw_p50$/.test(figure.id) && size(figure.id) >= 1024
  ? { ...figure, goal: 1.15 } : figure)), jsonPath(process.argv));
