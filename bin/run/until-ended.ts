import { rmSync } from 'node:fs';
import { Screen } from 'small-cloud';
import { runFolder } from './run-folder';

/** What a command that runs until Ctrl-C works with. */
export interface Life {
  /** A temporary folder, gone at the end. */
  readonly folder: string;
  readonly screen: Screen;
  /**
   * Something that is to be stopped at the end; gives it back.
   *
   * @throws Error when the end has begun already; the thing is stopped then.
   */
  owns<T extends { stop(): Promise<void> }>(thing: T): T;
}

/**
 * Runs until a signal comes, the reader of the screen goes away, or something fails; then stops what `begin` started
 * and leaves no process, port or file behind.
 *
 * @param logFile - where everything is written that happens.
 */
export async function untilEnded(logFile: string | undefined, begin: (life: Life) => Promise<void>): Promise<void> {
  const folder = runFolder();
  const screen = new Screen(process.stdout, logFile);
  const owned: { stop(): Promise<void> }[] = [];
  let ending: Promise<void> | undefined;
  const end = (code: number) => {
    ending ??= (async () => {
      screen.close();
      try {
        await Promise.all(owned.map((thing) => thing.stop()));
        // A process that was just ended may have left a file behind in a folder that is being emptied.
        rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
        process.exit(code);
      } catch (error) {
        screen.fail(error);
        process.exit(1);
      }
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
    if (ending !== undefined) {
      void thing.stop();
      throw new Error('The run is ending.');
    }
    owned.push(thing);
    return thing;
  };
  try {
    await begin({ folder, screen, owns });
  } catch (error) {
    // What a stop interrupts fails too, and that is nothing to report.
    if (ending === undefined) screen.fail(error);
    await end(1);
  }
}
