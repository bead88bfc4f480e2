/** Runs a template on this machine: `npx tsx run-template.ts FILE [KEY=VALUE …]`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLocalRun, RUN_FOLDER, Screen } from 'small-cloud';

async function main(): Promise<void> {
  const [template = '', ...parameters] = process.argv.slice(2);
  const folder = mkdtempSync(join(tmpdir(), RUN_FOLDER));
  const screen = new Screen(process.stdout);
  const run = await openLocalRun({
    template,
    parameters: Object.fromEntries(parameters.map((parameter) => parameter.split('=', 2))),
    folder,
    port: 8080, // of the first distribution
    rtmpPort: 1935, // of the first RTMP input
    listener: screen,
  });
  const end = async () => {
    screen.close();
    await run.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('SIGINT', () => void end());
  try {
    await run.start();
    screen.show(run);
  } catch (error) {
    screen.fail(error);
    process.exitCode = 1;
    await end();
  }
}

void main();
