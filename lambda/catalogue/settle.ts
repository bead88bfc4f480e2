import {
  type CataloguePart,
  type CatalogueRecording,
  changeCatalogue,
  withRecording,
} from '../shared/recordings/catalogue';
import { keeperOf, type RecordedChannel } from '../shared/recordings/recorded-channel';
import { jobName, type Part, partFolder, type Run } from '../shared/recordings/run';
import { advanceRun } from '../shared/recordings/run-book';
import { convertRun } from './convert-run';
import { partFrom } from './files-of-part';
import type { CatalogueSurroundings } from './surroundings';

const UNFINISHED: readonly string[] = ['QUEUED', 'IN_PROGRESS'];

/**
 * Looks at the harvests of a run. Once they have ended, the recording is listed for viewers, and its pictures are asked
 * for. Everything follows from what MediaPackage and the bucket say now, so it may be done again at any time.
 *
 * @returns the run as it is now.
 */
export async function settleRun(channel: RecordedChannel, run: Run, around: CatalogueSurroundings): Promise<Run> {
  if (run.state === 'converting') return convertRun(channel, run, around);
  if (run.state !== 'harvesting') return run;
  const [target] = channel.harvests;
  if (target === undefined) return run;
  const parts: CataloguePart[] = [];
  const reasons: string[] = [];
  for (const part of run.parts) {
    const { status, reason } = await around.harvest(channel, target, jobName(run, part, target.folder));
    if (UNFINISHED.includes(status)) return run;
    const found = status === 'FAILED' ? undefined : await partFrom(partFolder(run, part, 'vod'), part, around.store);
    if (found === undefined) reasons.push(reasonOf(part, status, reason));
    else parts.push(found);
  }
  if (reasons.length > 0) await tellFailure(channel, run, { reasons, listed: parts.length }, around);
  if (parts.length === 0) return advanceRun({ ...run, state: 'failed', reason: reasons.join('; ') }, around.store);
  await changeCatalogue(channel, around.store, (catalogue) => withRecording(catalogue, recordingOf(run, parts)));
  const listed = await advanceRun({ ...run, state: run.pictures || run.mp4 ? 'converting' : 'done' }, around.store);
  return listed.state === 'converting' ? convertRun(channel, listed, around) : listed;
}

function recordingOf({ id, channel, kind, title }: Run, parts: readonly CataloguePart[]): CatalogueRecording {
  const [first, last] = [parts.at(0), parts.at(-1)];
  if (first === undefined || last === undefined) throw new Error(`${channel}/${id} has no part`);
  return {
    id,
    channel,
    kind,
    title,
    start: first.start,
    end: last.end,
    seconds: Math.round(parts.reduce((sum, { seconds }) => sum + seconds, 0) * 1000) / 1000,
    parts,
  };
}

function reasonOf({ number }: Part, status: string, reason: string): string {
  if (status === 'FAILED') return `part ${number}: ${reason || 'MediaPackage gives no reason'}`;
  return `part ${number}: the harvest is ${status} and left no manifest`;
}

/** Tells of harvests that failed, and how long they can be repeated. */
async function tellFailure(
  channel: RecordedChannel,
  { id, title, start, end, drift }: Run,
  { reasons, listed }: { readonly reasons: readonly string[]; readonly listed: number },
  { notify }: CatalogueSurroundings,
): Promise<void> {
  const { name, windowSeconds } = channel;
  const until = new Date(Date.parse(start) - drift + windowSeconds * 1000).toISOString();
  const rest = listed === 0 ? 'Nothing of it can be played.' : 'The other parts can be played.';
  await notify(
    `A recording of channel ${name} failed`,
    [
      `${keeperOf(channel)} did not harvest "${title}" (${name}/${id}): ${reasons.join('; ')}. ${rest}`,
      `Its media is kept until ${until}. Until then it can be repeated: npm run live -- clip ${name} --from ${start} --to ${end}`,
    ].join('\n'),
  );
}
