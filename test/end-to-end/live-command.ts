import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { parseRequest } from '../../bin/live/arguments';
import { athena } from '../../bin/live/athena';
import { awsService } from '../../bin/live/aws-service';
import { awsViewers } from '../../bin/live/aws-viewers';
import { run } from '../../bin/live/commands';
import { PATIENCE } from './patience';

/** Lines that a command printed. */
export interface Printed {
  readonly out: readonly string[];
  readonly err: readonly string[];
}

/**
 * Runs `npm run live` in this process, against a local run, once the channel that it needs is there.
 *
 * @param apiUrl - address of its AWS APIs.
 */
export async function liveCommand(apiUrl: string, words: readonly string[]): Promise<Printed> {
  const request = parseRequest([...words, '--endpoint', apiUrl]);
  if (request === 'help') throw new Error('The test asked for help');
  const clock = { now: Date.now, sleep: (milliseconds: number) => pause(milliseconds) };
  const end = Date.now() + PATIENCE;
  for (;;) {
    const [out, err]: [string[], string[]] = [[], []];
    try {
      await run(request, {
        service: awsService(request),
        viewers: awsViewers(request),
        questions: athena(request, clock),
        clock,
        out: (line) => void out.push(line),
        save: (path, text) => writeFile(path, text),
        err: (line) => void err.push(line),
        isTerminal: false,
      });
      return { out, err };
    } catch (error) {
      // A busy machine may have lost an encoder, which is back within seconds.
      if (!/RECOVERING; a \w+ needs it RUNNING/.test(String(error)) || Date.now() > end) throw error;
      await pause(1000);
    }
  }
}
