/** The operator's command, `npm run live`: status, addresses, start, stop, alerts and viewers of a deployed stack. */
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { printable } from 'small-cloud';
import { type LiveRequest, parseRequest } from './live/arguments';
import { athena } from './live/athena';
import { awsService } from './live/aws-service';
import { awsViewers } from './live/aws-viewers';
import { run } from './live/commands';
import { failureOf } from './live/errors';
import { EXIT } from './live/failure';
import { HELP } from './live/help';
import { interruption } from './live/interruption';
import { CLEAR_SCREEN } from './live/screen';

async function main(words: readonly string[]): Promise<number> {
  const request = parseRequest(words);
  if (request === 'help') {
    console.log(HELP);
    return EXIT.fine;
  }
  // The SDK warns about future Node.js versions. That is for its developers; stderr is for what went wrong.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  const work: Work = { undo: undefined };
  listenForCtrlC(request, work);
  const clock = { now: Date.now, sleep: (milliseconds: number) => sleep(milliseconds) };
  return run(request, {
    service: awsService(request),
    viewers: awsViewers(request),
    questions: athena(request, clock),
    clock,
    onInterrupt: (undo) => {
      work.undo = undo;
    },
    out: (line) => console.log(shown(line)),
    save: (path, text) => writeFile(path, text),
    err: (line) => console.error(printable(line)),
    isTerminal: process.stdout.isTTY === true,
  });
}

/** Makes a line safe for a terminal, because names and alerts are strings of others. */
function shown(line: string): string {
  return line.startsWith(CLEAR_SCREEN) ? CLEAR_SCREEN + printable(line.slice(CLEAR_SCREEN.length)) : printable(line);
}

/** The work of a command, which Ctrl-C undoes. */
interface Work {
  undo: (() => Promise<void>) | undefined;
}

function listenForCtrlC({ command }: LiveRequest, work: Work): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      const { words, exitCode } = interruption(command);
      if (words !== undefined) console.error(words);
      const { undo } = work;
      // A second Ctrl-C does not wait.
      work.undo = undefined;
      if (undo === undefined) process.exit(exitCode);
      console.error('Undoing it; Ctrl-C again leaves it as it is.');
      undo()
        .catch((error: unknown) => console.error(printable(String(error))))
        .then(() => process.exit(exitCode));
    });
  }
}

// The reader of the answer is gone (`npm run live -- watch | head`).
process.stdout.on('error', () => process.exit(EXIT.fine));
main(process.argv.slice(2))
  .catch((error: unknown) => {
    const failure = failureOf(error, { stack: '', region: undefined, endpoint: undefined });
    console.error(printable(failure.message));
    return failure.exitCode;
  })
  .then((exitCode) => {
    process.exitCode = exitCode;
  });
