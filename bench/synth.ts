import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { median, type Section, time } from './table';

const ROOT = resolve(__dirname, '..');
const RUNS = 5;

/** `cdk synth` of this app against an empty app of the same versions, in turns. */
export function synthTime(): Section {
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, 'dist', 'bench-'));
  const empty = join(folder, 'empty.ts');
  writeFileSync(
    empty,
    "import { App, CfnWaitConditionHandle, Stack } from 'aws-cdk-lib';\nconst app = new App();\nnew CfnWaitConditionHandle(new Stack(app, 'Empty'), 'Nothing');\napp.synth();\n",
  );
  const synth = (app: string): number => {
    const begun = performance.now();
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk'),
        'synth',
        '--quiet',
        '--no-notices',
        '--app',
        `node -r tsx/cjs ${app}`,
        '--output',
        join(folder, 'out'),
      ],
      {
        cwd: ROOT,
        encoding: 'utf8',
        env: { ...process.env, PATH: `${join(ROOT, 'node_modules', '.bin')}:${process.env['PATH']}` },
      },
    );
    if (status !== 0) throw new Error(stderr);
    return performance.now() - begun;
  };
  try {
    const app = join(ROOT, 'bin', 'live-streaming.ts');
    synth(app);
    synth(empty);
    const times = Array.from({ length: RUNS }, () => ({ ours: synth(app), empty: synth(empty) }));
    const ours = median(times.map((one) => one.ours));
    const bare = median(times.map((one) => one.empty));
    return {
      title: 'Synth',
      rows: [
        { what: 'cdk synth, this app', value: time(ours), note: `median of ${RUNS}, bundles built before` },
        { what: 'cdk synth, an empty app', value: time(bare), note: 'the same versions, in turns' },
        { what: 'ratio', value: (ours / bare).toFixed(2), note: 'at most 1.3 is wanted' },
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Tells whether a file can be read as a template: used for its size. */
export function templateOf(file: string): { readonly bytes: number; readonly resources: number } {
  const text = readFileSync(file, 'utf8');
  return { bytes: text.length, resources: Object.keys((JSON.parse(text) as { Resources: object }).Resources).length };
}
