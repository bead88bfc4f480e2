import type { Clock } from '../clock';
import type { ChannelControl } from './channels';
import { type KnownState, nextStep, type WantedState } from './decision';

/** The means of bringing channels to a state, and the time that it may take. */
export interface ChannelWork<C extends ChannelControl = ChannelControl> {
  readonly channels: C;
  readonly clock: Clock;
  /** Time to give up, in milliseconds since 1970. */
  readonly deadline: number;
}

const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 5000;
/** Time after the first look in which MediaLive may not know a new channel yet. */
const CREATION_GRACE = 30_000;

/**
 * Brings a channel to a state and waits until it is there.
 *
 * @throws Error that names the state in which the channel was left, when the wanted state cannot be reached, or not
 * before the deadline.
 */
export async function reach(
  channelId: string,
  wanted: WantedState,
  { channels, clock, deadline }: ChannelWork,
): Promise<void> {
  const begun = clock.now();
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
    const state = await channels.state(channelId);
    const step = nextStep(state, wanted);
    if (step === 'done') return;
    const elapsed = clock.now() - begun;
    if (step === 'fail' && !mayAppear(state, elapsed)) {
      throw new Error(`Channel ${channelId} is ${state} and cannot become ${wanted}`);
    }
    if (clock.now() + pause > deadline) {
      throw new Error(
        `Channel ${channelId} is ${state} and did not become ${wanted} in ${Math.round(elapsed / 1000)} s`,
      );
    }
    if (step === 'start') await channels.start(channelId);
    if (step === 'stop') await channels.stop(channelId);
    await clock.sleep(pause);
  }
}

/** Tells whether a missing channel may be one that was only just created. */
function mayAppear(state: KnownState, elapsed: number): boolean {
  return state === 'MISSING' && elapsed < CREATION_GRACE;
}
