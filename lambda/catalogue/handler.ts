import { catalogueKey, changeCatalogue } from '../shared/recordings/catalogue';
import type { RecordedChannel } from '../shared/recordings/recorded-channel';
import { jobName } from '../shared/recordings/run';
import { runsOf } from '../shared/recordings/run-book';
import { settleRun } from './settle';
import type { CatalogueSurroundings } from './surroundings';

const DAY = 24 * 3_600_000;
/** Age at which an unchanged catalogue is written again, in milliseconds: the bucket removes old files. */
const STALE = 6 * 3_600_000;
/** Pause between two looks at a run that the recorder is still busy with, in milliseconds, and their number. */
const LOOK_EVERY = 3000;
const LOOKS = 10;

/**
 * Settles every recording of some channels that is not finished yet.
 *
 * @param name - name of the channel that something was heard of. @default all channels
 * @returns lines for the log.
 */
export async function settle(name: string | undefined, around: CatalogueSurroundings): Promise<readonly string[]> {
  const lines = await settleAll(name, around);
  for (let look = 1; name !== undefined && look <= LOOKS && (await isBeingAsked(name, around)); look += 1) {
    await around.clock.sleep(LOOK_EVERY);
    lines.push(...(await settleAll(name, around)));
  }
  return lines;
}

/** Tells of a run whose harvest has begun, although the recorder has not noted yet that it asked for it. */
async function isBeingAsked(name: string, around: CatalogueSurroundings): Promise<boolean> {
  const channel = around.recorded.find((one) => one.name === name);
  const [target] = channel?.harvests ?? [];
  if (channel === undefined || target === undefined) return false;
  for (const run of (await runsOf(name, around.store)).filter(({ state }) => state === 'ended')) {
    const [first] = run.parts;
    if (first === undefined) continue;
    const { status } = await around.harvest(channel, target, jobName(run, first, target.folder));
    if (status !== 'MISSING') return true;
  }
  return false;
}

async function settleAll(name: string | undefined, around: CatalogueSurroundings): Promise<string[]> {
  const channels = around.recorded.filter((channel) => name === undefined || channel.name === name);
  const results = await Promise.allSettled(channels.map((channel) => settleChannel(channel, around)));
  const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
  if (errors.length > 0) throw new AggregateError(errors, errors.map(({ message }) => message).join('; '));
  return results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
}

async function settleChannel(channel: RecordedChannel, around: CatalogueSurroundings): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const run of await runsOf(channel.name, around.store)) {
    const { state } = await settleRun(channel, run, around);
    if (state !== run.state) lines.push(`${run.channel}/${run.id} is ${state}`);
  }
  return lines;
}

/**
 * Removes recordings from the catalogues whose files the bucket has removed, and writes a catalogue again before the
 * bucket removes it.
 */
export async function tidy({ recorded, store, clock }: CatalogueSurroundings): Promise<void> {
  for (const channel of recorded) {
    const oldest = clock.now() - channel.keepDays * DAY;
    const age = clock.now() - ((await store.read(catalogueKey(channel)))?.modified ?? 0);
    await changeCatalogue(channel, store, (catalogue) => {
      const recordings = catalogue.recordings.filter(
        (one) => one.channel !== channel.name || Date.parse(one.end) >= oldest,
      );
      const isSame = recordings.length === catalogue.recordings.length && age < STALE;
      return isSame ? catalogue : { ...catalogue, recordings };
    });
  }
}
