import { type HarvestTarget, keeperOf, type RecordedChannel } from '../shared/recordings/recorded-channel';
import { jobName, partFolder, type Run } from '../shared/recordings/run';
import { advanceRun, keepRun } from '../shared/recordings/run-book';
import { HarvestRefusedError, type RecorderSurroundings } from './surroundings';

/**
 * Asks for the harvests of a run that has ended. Their names are derived from the run, so asking twice changes nothing.
 *
 * @returns the run: `harvesting`, or still `ended` where MediaPackage is busy; the sweep asks again.
 */
export async function harvestRun(channel: RecordedChannel, run: Run, around: RecorderSurroundings): Promise<Run> {
  try {
    for (const part of run.parts) {
      for (const target of wanted(channel, run)) {
        const asked = await around.harvester.start({
          channel,
          target,
          name: jobName(run, part, target.folder),
          start: Date.parse(part.start),
          end: Date.parse(part.end),
          folder: partFolder(run, part, target.folder),
        });
        if (asked === 'later') return run;
      }
    }
  } catch (error) {
    if (!(error instanceof HarvestRefusedError)) throw error;
    return refused(channel, run, error.message, around);
  }
  return advanceRun({ ...run, state: 'harvesting' }, around.store);
}

/** Returns the copies that a run needs: MediaConvert has one of its own, where it makes something. */
function wanted(channel: RecordedChannel, { pictures, mp4 }: Run): readonly HarvestTarget[] {
  return channel.harvests.filter(({ folder }) => folder === 'vod' || pictures || mp4);
}

async function refused(
  channel: RecordedChannel,
  run: Run,
  reason: string,
  { notify, store }: RecorderSurroundings,
): Promise<Run> {
  await notify(
    `Channel ${run.channel} was not recorded`,
    `${keeperOf(channel)} refused to harvest ${run.title} (${run.start} to ${run.end}) of channel ${run.channel}: ${reason}`,
  );
  return keepRun({ ...run, state: 'failed', reason }, store);
}
