import { type CallPlace, failureOf, isConflict } from './errors';
import { EXIT, LiveFailure } from './failure';
import type { Clock, LiveService } from './service';

/** The state that a channel should be in. */
export type Wanted = 'RUNNING' | 'IDLE';

/** A channel of the stack. */
interface Channel {
  readonly name: string;
  readonly id: string;
}

/** The means and limits of bringing a channel to a state. */
export interface Journey {
  readonly service: LiveService;
  readonly clock: Clock;
  readonly place: CallPlace;
  /** The time to give up, in milliseconds since 1970. */
  readonly deadline: number;
  /** False where it is enough that MediaLive has accepted the call. */
  readonly wait: boolean;
  /** Reports where the channel is on its way. */
  progress(line: string): void;
}

/** The end of a journey: the state that was seen last, and whether MediaLive was called. */
export interface Arrival {
  readonly state: string;
  readonly changed: boolean;
}

/** Milliseconds between two looks at a channel. */
const LOOK_EVERY = 2000;
/** Milliseconds after which a state that has not changed is reported again. */
const LINE_EVERY = 10_000;

/** The next step: `under way` needs no call, and `lost` means that no call can help. */
type Step = 'done' | 'call' | 'under way' | 'wait' | 'lost';

/** The next step by the state of a channel and the wanted state. In any other state, the step is to wait. */
const STEPS: Readonly<Record<string, Readonly<Record<Wanted, Step>>>> = {
  CREATE_FAILED: { RUNNING: 'lost', IDLE: 'lost' },
  IDLE: { RUNNING: 'call', IDLE: 'done' },
  STARTING: { RUNNING: 'under way', IDLE: 'wait' },
  RUNNING: { RUNNING: 'done', IDLE: 'call' },
  RECOVERING: { RUNNING: 'under way', IDLE: 'call' },
  STOPPING: { RUNNING: 'wait', IDLE: 'under way' },
  UPDATE_FAILED: { RUNNING: 'call', IDLE: 'done' },
  DELETING: { RUNNING: 'lost', IDLE: 'lost' },
  DELETED: { RUNNING: 'lost', IDLE: 'lost' },
};

/** The state of a channel right after MediaLive has accepted the call. */
const AFTER_CALL: Readonly<Record<Wanted, string>> = { RUNNING: 'STARTING', IDLE: 'STOPPING' };

/**
 * Brings a channel to a state. Each step follows from the state that is seen, never from the steps before, so the call
 * may be repeated, and somebody else may work on the same channel.
 *
 * @throws LiveFailure that says in which state the channel was left.
 */
export async function bring(channel: Channel, wanted: Wanted, journey: Journey): Promise<Arrival> {
  const { clock, deadline, wait } = journey;
  const begun = clock.now();
  const report = reporter(channel, begun, journey);
  let changed = false;
  let refusal = '';
  for (;;) {
    const state = await patiently(journey, () => look(channel, journey));
    const step = STEPS[state]?.[wanted] ?? 'wait';
    if (step === 'done' || (step === 'under way' && !wait)) return { state, changed };
    if (step === 'lost') throw stuck(`Channel ${channel.name} is ${state} and cannot become ${wanted}.`);
    if (clock.now() >= deadline) {
      const late = `Channel ${channel.name} is ${state} and did not become ${wanted} in ${elapsed(begun, clock)} s.`;
      const why = refusal === '' ? '' : ` MediaLive says: ${refusal}`;
      throw stuck(`${late}${why} It continues; look again with npm run live -- status ${channel.name}.`);
    }
    report(state);
    if (step === 'call') {
      const refused = await call(channel, wanted, journey);
      if (refused === undefined) {
        changed = true;
        if (!wait) return { state: AFTER_CALL[wanted], changed };
      } else {
        refusal = refused;
      }
    }
    await clock.sleep(LOOK_EVERY);
  }
}

async function look({ name, id }: Channel, { service }: Journey): Promise<string> {
  const facts = await service.look(id);
  if (facts !== undefined) return facts.state;
  throw new LiveFailure(`Channel ${name} (${id}) is in the stack, but MediaLive does not know it.`, EXIT.notFound);
}

/** Starts or stops a channel. Returns the words of a conflict, after which the next look tells what to do. */
async function call({ id }: Channel, wanted: Wanted, journey: Journey): Promise<string | undefined> {
  const { service } = journey;
  try {
    await patiently(journey, () => (wanted === 'RUNNING' ? service.start(id) : service.stop(id)));
    return undefined;
  } catch (error) {
    if (!isConflict(error)) throw error;
    return error instanceof Error ? error.message : '';
  }
}

/** Repeats a call, while there is time, if it failed for a reason that may pass in a moment. */
async function patiently<T>({ clock, place, deadline }: Journey, attempt: () => Promise<T>): Promise<T> {
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

/** Makes a function that reports a state when it is new, and now and then while it lasts. */
function reporter({ name }: Channel, begun: number, { clock, progress }: Journey): (state: string) => void {
  let last = { state: '', at: Number.NEGATIVE_INFINITY };
  return (state) => {
    const at = clock.now();
    if (state === last.state && at - last.at < LINE_EVERY) return;
    progress(`${name}: ${state}, ${elapsed(begun, clock)} s`);
    last = { state, at };
  };
}

function elapsed(begun: number, clock: Clock): number {
  return Math.round((clock.now() - begun) / 1000);
}

function stuck(sentence: string): LiveFailure {
  return new LiveFailure(sentence, EXIT.notReached);
}
