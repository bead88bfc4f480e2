import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Screen } from '../local/screen';

/** What a command that runs until Ctrl-C works with. */
export interface Life {
  /** A temporary folder, gone at the end. */
  readonly folder: string;
  readonly screen: Screen;
  /** What is to be stopped at the end; gives it back. */
  owns<T extends { stop(): Promise<void> }>(thing: T): T;
}

/**
 * Runs until a signal comes, the reader of the screen goes away, or something fails; then stops what `begin` started
 * and leaves no process, port or file behind.
 *
 * @param logFile - where everything is written that happens.
 */
export async function untilEnded(logFile: string | undefined, begin: (life: Life) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'live-streaming-'));
  const screen = new Screen(process.stdout, logFile);
  const owned: { stop(): Promise<void> }[] = [];
  let ending: Promise<void> | undefined;
  const end = (code: number) => {
    ending ??= (async () => {
      screen.close();
      await Promise.all(owned.map((thing) => thing.stop()));
      rmSync(folder, { recursive: true, force: true });
      process.exit(code);
    })();
    return ending;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) process.on(signal, () => void end(0));
  // Whoever read the screen is gone (`npm start | head`): so is the run, and nothing more is written.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => void end(0));
  process.on('uncaughtException', (error) => {
    if (ending === undefined) screen.fail(error);
    void end(1);
  });
  const owns: Life['owns'] = (thing) => {
    owned.push(thing);
    return thing;
  };
  try {
    await begin({ folder, screen, owns });
  } catch (error) {
    screen.fail(error);
    await end(1);
  }
}
