import { bring, type Wanted } from './actions';
import type { LiveRequest } from './arguments';
import type { Context } from './context';
import { failureOf } from './errors';
import { EXIT, type ExitCode } from './failure';
import { findStack } from './stack';

/** The outcome for one channel, as `--json` prints it. */
interface Outcome {
  readonly name: string;
  readonly id: string;
  readonly state: string | null;
  /** True if MediaLive was called; false if the channel was in the state already, or on its way to it. */
  readonly changed: boolean;
  readonly seconds: number;
  readonly error: string | null;
}

const STATES: Readonly<Record<'start' | 'stop' | 'restart', readonly Wanted[]>> = {
  start: ['RUNNING'],
  stop: ['IDLE'],
  restart: ['IDLE', 'RUNNING'],
};

/** Starts, stops or restarts the channels in parallel. A failure of one does not stop the others. */
export async function change(
  command: keyof typeof STATES,
  request: LiveRequest,
  { service, clock, out, err }: Context,
): Promise<ExitCode> {
  const { channels } = await findStack(service, request.stack, request.channel);
  const begun = clock.now();
  const deadline = begun + request.timeoutSeconds * 1000;
  const journey = { service, clock, place: request, deadline, wait: request.wait, progress: err };
  const ends = await Promise.all(
    channels.map(async ({ name, id }): Promise<{ outcome: Outcome; exitCode: ExitCode }> => {
      let arrival: { state: string | null; changed: boolean } = { state: null, changed: false };
      const outcome = (error: string | null) => ({
        name,
        id,
        ...arrival,
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
        // The sentence says in which state it failed; the state before that is not the state now.
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
