import type { Clock } from '../clock';
import { DECISIONS, type KnownState, type WantedState } from './decision';

/** The few calls that it takes to look after a channel. */
export interface ChannelControl {
  state(channelId: string): Promise<KnownState>;
  start(channelId: string): Promise<void>;
  stop(channelId: string): Promise<void>;
}

const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 5000;
/** For how long a channel that was just created may be unknown to MediaLive. */
const CREATION_GRACE = 30_000;

/**
 * Brings a channel to a state and waits until it is there.
 *
 * @param deadline - when to give up, in milliseconds since 1970.
 * @throws an Error that says in which state the channel was left, when it cannot be reached or not in time.
 */
export async function reach(
  channelId: string,
  wanted: WantedState,
  control: ChannelControl,
  clock: Clock,
  deadline: number,
): Promise<void> {
  const begun = clock.now();
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
    const state = await control.state(channelId);
    // A state that MediaLive has learnt since is one to wait in: the deadline names it.
    const step = DECISIONS[state]?.[wanted] ?? 'wait';
    if (step === 'done') return;
    const young = state === 'MISSING' && clock.now() - begun < CREATION_GRACE;
    if (step === 'fail' && !young) {
      throw new Error(`Channel ${channelId} is ${state} and cannot become ${wanted}`);
    }
    if (clock.now() + pause > deadline) {
      throw new Error(
        `Channel ${channelId} is ${state} and did not become ${wanted} in ${Math.round((clock.now() - begun) / 1000)} s`,
      );
    }
    if (step === 'start') await control.start(channelId);
    if (step === 'stop') await control.stop(channelId);
    await clock.sleep(pause);
  }
}
