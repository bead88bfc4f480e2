import { rmSync } from 'node:fs';
import { Screen } from 'small-cloud';
import { runFolder } from './run-folder';

/** The means of a command that runs until Ctrl-C. */
export interface Life {
  /** A temporary folder, removed at the end. */
  readonly folder: string;
  readonly screen: Screen;
  /**
   * Registers something to be stopped at the end, and returns it.
   *
   * @throws Error if the end has begun already; the thing is stopped then.
   */
  owns<T extends { stop(): Promise<void> }>(thing: T): T;
}

/**
 * Runs until a signal arrives, the reader of the screen goes away, or something fails. Then it stops everything that
 * `begin` started, and leaves no process, port or file behind.
 *
 * @param logFile - file for a log of everything that happens.
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
        // A process that has just ended may still have written a file into a folder that is being emptied.
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
  // If the reader of the screen is gone (`npm start | head`), the run ends and writes nothing more.
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
    // A stop makes interrupted work fail too; that is not worth reporting.
    if (ending === undefined) screen.fail(error);
    await end(1);
  }
}
