import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');

/**
 * Synthesizes the app into a folder for a local run, in a process of its own and without CDK's validation.
 *
 * @param config - file of the description; undefined means `bin/channels.ts`.
 * @param owns - receives the process, so that a run that is stopped meanwhile can end it and wait for that.
 * @returns the path of the template.
 * @throws Error with the words of the app if it fails.
 */
export async function synthesizeTo(
  folder: string,
  config: string | undefined,
  owns: (process: { stop(): Promise<void> }) => unknown = () => undefined,
): Promise<string> {
  const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> };
  const assembly = join(folder, 'cdk.out');
  const givenContext = { ...context };
  if (config !== undefined) givenContext['config'] = config;
  const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'bin', 'live-streaming.ts')], {
    env: {
      ...process.env,
      CDK_OUTDIR: assembly,
      // Validation takes longer than all the rest. `cdk synth` and the tests do it; the local run finds out by running.
      CDK_VALIDATION: 'false',
      CDK_CONTEXT_JSON: JSON.stringify(givenContext),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  owns({ stop: () => ended(child) });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const code = await new Promise<number | null>((done) => child.once('close', done));
  if (code !== 0) throw new Error(said.trim() || 'The template could not be synthesized.');
  return join(assembly, 'LiveStreaming.template.json');
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
