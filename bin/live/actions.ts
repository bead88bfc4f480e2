import { type CallPlace, failureOf, isConflict } from './errors';
import { EXIT, LiveFailure } from './failure';
import type { Clock, LiveService } from './service';

/** The state that a channel should be in. */
export type Wanted = 'RUNNING' | 'IDLE';

/** How a channel is brought to a state. */
export interface Journey {
  readonly service: LiveService;
  readonly clock: Clock;
  readonly place: CallPlace;
  /** When to give up, in milliseconds since 1970. */
  readonly deadline: number;
  /** False: it is enough that MediaLive has taken the call. */
  readonly wait: boolean;
  /** Says where the channel is on its way. */
  progress(line: string): void;
}

/** How it ended: the state that was seen last, and whether anything had to be done. */
export interface Arrival {
  readonly state: string;
  readonly changed: boolean;
}

const LOOK_EVERY = 2000;
/** A line is written when the state changes, and now and then while it does not. */
const LINE_EVERY = 10_000;

const DONE: Readonly<Record<Wanted, readonly string[]>> = {
  RUNNING: ['RUNNING'],
  IDLE: ['IDLE', 'UPDATE_FAILED'],
};
/** States that a channel may be started or stopped from; in any other it is on its way somewhere. */
const CALL_FROM: Readonly<Record<Wanted, readonly string[]>> = {
  RUNNING: ['IDLE', 'UPDATE_FAILED'],
  IDLE: ['RUNNING', 'RECOVERING'],
};
/** On its way to what is wanted, without any call. */
const UNDER_WAY: Readonly<Record<Wanted, readonly string[]>> = {
  RUNNING: ['STARTING', 'RECOVERING'],
  IDLE: ['STOPPING'],
};
const LOST = ['CREATE_FAILED', 'DELETING', 'DELETED'];

/**
 * Brings a channel to a state. What it does follows from the state that is seen, never from what was done before, so it
 * may be repeated, and somebody else may work at the same channel.
 *
 * @throws LiveFailure that says in which state the channel was left.
 */
export async function bring(
  { name, id }: { readonly name: string; readonly id: string },
  wanted: Wanted,
  { service, clock, place, deadline, wait, progress }: Journey,
): Promise<Arrival> {
  const begun = clock.now();
  let changed = false;
  let said = { state: '', at: Number.NEGATIVE_INFINITY };
  let refusal = '';
  for (;;) {
    const state = await patiently(async () => {
      const facts = await service.look(id);
      if (facts !== undefined) return facts.state;
      throw new LiveFailure(`Channel ${name} (${id}) is in the stack, but MediaLive does not know it.`, EXIT.notFound);
    });
    const now = clock.now();
    if (DONE[wanted].includes(state)) return { state, changed };
    if (LOST.includes(state)) throw stuck(`Channel ${name} is ${state} and cannot become ${wanted}.`);
    if (!wait && UNDER_WAY[wanted].includes(state)) return { state, changed };
    if (now >= deadline) {
      const why = refusal === '' ? '' : ` MediaLive says: ${refusal}`;
      throw stuck(
        `Channel ${name} is ${state} and did not become ${wanted} in ${elapsed(now)} s.${why} It goes on; look again with npm run live -- status ${name}.`,
      );
    }
    if (state !== said.state || now - said.at >= LINE_EVERY) {
      progress(`${name}: ${state}, ${elapsed(now)} s`);
      said = { state, at: now };
    }
    if (CALL_FROM[wanted].includes(state) && (await call())) {
      changed = true;
      if (!wait) return { state: wanted === 'RUNNING' ? 'STARTING' : 'STOPPING', changed };
    }
    await clock.sleep(LOOK_EVERY);
  }

  /** Whether MediaLive took the call; after a conflict the next look tells what to do. */
  async function call(): Promise<boolean> {
    try {
      await patiently(() => (wanted === 'RUNNING' ? service.start(id) : service.stop(id)));
      return true;
    } catch (error) {
      if (!isConflict(error)) throw error;
      refusal = error instanceof Error ? error.message : '';
      return false;
    }
  }

  /** The result of a call that is repeated, while there is time, if it failed for what may pass in a moment. */
  async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (isConflict(error)) throw error;
        const failure = failureOf(error, place);
        if (!failure.passing || clock.now() + LOOK_EVERY > deadline) throw failure;
        await clock.sleep(LOOK_EVERY);
      }
    }
  }

  function elapsed(now: number): number {
    return Math.round((now - begun) / 1000);
  }
}

function stuck(sentence: string): LiveFailure {
  return new LiveFailure(sentence, EXIT.notReached);
}
