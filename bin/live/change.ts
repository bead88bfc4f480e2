import { bring, type Wanted } from './actions';
import type { LiveRequest } from './arguments';
import type { Around } from './around';
import { failureOf } from './errors';
import { EXIT, type ExitCode } from './failure';
import { findStack } from './stack';

/** How it went with one channel, as `--json` prints it. */
interface Outcome {
  readonly name: string;
  readonly id: string;
  readonly state: string | null;
  /** Whether MediaLive was called; false: the channel was in the state already, or on its way to it. */
  readonly changed: boolean;
  readonly seconds: number;
  readonly error: string | null;
}

const STATES: Readonly<Record<'start' | 'stop' | 'restart', readonly Wanted[]>> = {
  start: ['RUNNING'],
  stop: ['IDLE'],
  restart: ['IDLE', 'RUNNING'],
};

/** Starts, stops or restarts the channels, all at a time; one that fails does not keep the others from arriving. */
export async function change(
  command: keyof typeof STATES,
  request: LiveRequest,
  { service, clock, out, err }: Around,
): Promise<ExitCode> {
  const { channels } = await findStack(service, request.stack, request.channel);
  const begun = clock.now();
  const deadline = begun + request.timeoutSeconds * 1000;
  const journey = { service, clock, place: request, deadline, wait: request.wait, progress: err };
  const ends = await Promise.all(
    channels.map(async ({ name, id }): Promise<{ outcome: Outcome; exitCode: ExitCode }> => {
      let arrival: { state: string | null; changed: boolean } = { state: null, changed: false };
      const outcome = (error: string | null) => ({
        ...{ name, id, ...arrival },
        seconds: Math.round((clock.now() - begun) / 1000),
        error,
      });
      try {
        for (const wanted of STATES[command]) {
          const next = await bring({ name, id }, wanted, journey);
          arrival = { state: next.state, changed: arrival.changed || next.changed };
        }
        return { outcome: outcome(null), exitCode: EXIT.fine };
      } catch (error) {
        const failure = failureOf(error, request);
        // Where it was when it failed is in the sentence; the state before is not the state now.
        arrival = { ...arrival, state: null };
        return { outcome: outcome(failure.message), exitCode: failure.exitCode };
      }
    }),
  );
  const outcomes = ends.map(({ outcome }) => outcome);
  if (request.json) out(JSON.stringify({ stack: request.stack, command, channels: outcomes }, null, 2));
  else for (const outcome of outcomes) if (outcome.error === null) out(outcomeText(outcome));
  for (const message of new Set(outcomes.flatMap(({ error }) => error ?? []))) err(message);
  return ends.find(({ exitCode }) => exitCode !== EXIT.fine)?.exitCode ?? EXIT.fine;
}

function outcomeText({ name, state, changed, seconds }: Outcome): string {
  if (!changed && seconds === 0) return `Channel ${name} is ${state} already.`;
  return `Channel ${name} is ${state} (${seconds} s).`;
}
