import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { median, type Section, time } from './table';

const ROOT = resolve(__dirname, '..');
const RUNS = 5;

/** An app with one resource, for the time that `cdk synth` needs in any case. */
const EMPTY_APP = `import { App, CfnWaitConditionHandle, Stack } from 'aws-cdk-lib';
const app = new App();
new CfnWaitConditionHandle(new Stack(app, 'Empty'), 'Nothing');
app.synth();
`;

/** Measures `cdk synth` of this app against that of an empty app with the same versions, in turns. */
export function synthTime(): Section {
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, 'dist', 'bench-'));
  const empty = join(folder, 'empty.ts');
  writeFileSync(empty, EMPTY_APP);
  try {
    const app = join(ROOT, 'bin', 'live-streaming.ts');
    const out = join(folder, 'out');
    synth(app, out);
    synth(empty, out);
    const times = Array.from({ length: RUNS }, () => ({ ours: synth(app, out), empty: synth(empty, out) }));
    const ours = median(times.map((one) => one.ours));
    const bare = median(times.map((one) => one.empty));
    return {
      title: 'Synth',
      rows: [
        { what: 'cdk synth, this app', value: time(ours), note: `median of ${RUNS}, bundles built before` },
        { what: 'cdk synth, an empty app', value: time(bare), note: 'the same versions, in turns' },
        { what: 'ratio', value: (ours / bare).toFixed(2), note: 'goal: at most 1.3' },
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Synthesizes an app. @returns milliseconds */
function synth(app: string, output: string): number {
  const cdk = join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  const env = { ...process.env, PATH: `${join(ROOT, 'node_modules', '.bin')}:${process.env['PATH']}` };
  const begun = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    [cdk, 'synth', '--quiet', '--no-notices', '--app', `node -r tsx/cjs ${app}`, '--output', output],
    { cwd: ROOT, encoding: 'utf8', env },
  );
  if (status !== 0) throw new Error(stderr);
  return performance.now() - begun;
}

/** Size of a template, and the number of its resources. */
export function templateOf(file: string): { readonly bytes: number; readonly resources: number } {
  const text = readFileSync(file, 'utf8');
  return { bytes: text.length, resources: Object.keys((JSON.parse(text) as { Resources: object }).Resources).length };
}
