import { changeCatalogue, readCatalogue } from '../shared/recordings/catalogue';
import { mp4Job, picturesJob } from '../shared/recordings/conversion-jobs';
import { conversionPlaylist, NotConvertibleError } from '../shared/recordings/conversion-playlist';
import type { ConvertedRecording } from '../shared/recordings/converted-recording';
import { finishConversion, finishedConversion } from '../shared/recordings/finished-conversion';
import type { RecordedChannel } from '../shared/recordings/recorded-channel';
import { jobName, type Part, partFolder, type Run } from '../shared/recordings/run';
import { advanceRun } from '../shared/recordings/run-book';
import { besideSegments, conversionKey } from '../shared/recordings/stored-names';
import { harvestedHls } from './files-of-part';
import type { CatalogueSurroundings } from './surroundings';

/** Name of the playlist that MediaConvert reads, beside the one that it is made of. */
const PLAYLIST = 'conversion.m3u8';

/**
 * Brings the pictures and the MP4 of a recording one step forward: starts the job once MediaConvert's copy is there, and
 * adds the files to the catalogue once the job has ended. A recording without them is played all the same.
 */
export async function convertRun(channel: RecordedChannel, run: Run, around: CatalogueSurroundings): Promise<Run> {
  if (run.conversion !== undefined) return finished(channel, run, run.conversion, around);
  const copies = await copiesOf(channel, run, around);
  if (copies === 'unfinished') return run;
  if (typeof copies === 'string') return givenUp(run, copies, around);
  try {
    const recording = await convertible(channel, run, copies, around);
    const role = around.convertRoleArn;
    const job = run.pictures ? picturesJob(recording, role, run.mp4) : mp4Job(recording, role);
    const conversion = await around.converter.start(job);
    const started = await advanceRun({ ...run, conversion }, around.store);
    // A short job may have ended before anybody knew whose it was.
    const detail = await around.converter.job(conversion);
    const isOver = detail !== undefined && finishedConversion(detail) !== undefined;
    return isOver ? finished(channel, started, conversion, around) : started;
  } catch (error) {
    if (!(error instanceof NotConvertibleError)) throw error;
    return givenUp(run, error.message, around);
  }
}

/** A part of a recording, and the folder of the copy that MediaConvert reads. */
interface Copy {
  readonly part: Part;
  readonly folder: string;
}

/** Looks at the copies for MediaConvert. @returns them, `unfinished`, or the reason why there are none. */
async function copiesOf(channel: RecordedChannel, run: Run, around: CatalogueSurroundings) {
  const target = channel.harvests.find(({ folder, convertible }) => folder === 'conversion' || convertible);
  if (target === undefined) {
    return 'there is no copy for MediaConvert, which reads MPEG-TS with audio in it and nothing else';
  }
  const copies: Copy[] = [];
  for (const part of run.parts) {
    const { status, reason } = await around.harvest(channel, target, jobName(run, part, target.folder));
    if (status === 'QUEUED' || status === 'IN_PROGRESS') return 'unfinished';
    if (status !== 'COMPLETED') return `the copy for MediaConvert is ${status}: ${reason}`;
    copies.push({ part, folder: partFolder(run, part, target.folder) });
  }
  return copies;
}

/** Writes the playlists that MediaConvert reads, and describes the recording to it. */
async function convertible(
  channel: RecordedChannel,
  { id }: Run,
  copies: readonly Copy[],
  { store, bucket }: CatalogueSurroundings,
): Promise<ConvertedRecording> {
  const playlists: string[] = [];
  let best = { width: 0, bitrate: 0 };
  for (const { part, folder } of copies) {
    const hls = await harvestedHls(await store.keys(`${folder}/`), store);
    const variant = hls?.variants[0];
    if (variant === undefined) throw new NotConvertibleError('the copy for MediaConvert has no playlist');
    const text = (await store.read(variant.key))?.text ?? '';
    const written = conversionPlaylist(text);
    // AWS does not say that MediaConvert follows `..`, so the playlist lies beside the segments.
    const isStored = channel.source === 's3';
    const key = isStored ? conversionKey(channel, id, part.number) : variant.key.replace(/[^/]*$/, PLAYLIST);
    const playlist = isStored ? besideSegments(written) : written;
    await store.write({ key, text: playlist, contentType: 'application/vnd.apple.mpegurl' });
    playlists.push(key);
    best = { width: variant.width, bitrate: variant.bandwidth };
  }
  const listed = (await readCatalogue(channel, store)).recordings.find(
    (one) => one.channel === channel.name && one.id === id,
  );
  if (listed === undefined) throw new NotConvertibleError('the recording is not in the catalogue any more');
  return { channel: channel.name, id, bucket, playlists, seconds: listed.seconds, best };
}

/** Adds what a job has made to the catalogue. */
async function finished(
  channel: RecordedChannel,
  run: Run,
  jobId: string,
  around: CatalogueSurroundings,
): Promise<Run> {
  const detail = await around.converter.job(jobId);
  if (detail === undefined) return givenUp(run, 'MediaConvert does not know the job any more', around);
  const end = finishedConversion(detail);
  if (end === undefined) return run;
  if (end.status !== 'COMPLETE') return givenUp(run, end.error ?? `the job is ${end.status}`, around);
  const files = await finishConversion(end, around.pictures);
  await changeCatalogue(channel, around.store, (catalogue) => ({
    ...catalogue,
    recordings: catalogue.recordings.map((one) =>
      one.channel === run.channel && one.id === run.id ? { ...one, ...files } : one,
    ),
  }));
  return advanceRun({ ...run, state: 'done' }, around.store);
}

/** Gives the pictures up, and says why. */
async function givenUp(run: Run, reason: string, { notify, store }: CatalogueSurroundings): Promise<Run> {
  await notify(
    `A recording of channel ${run.channel} has no pictures`,
    `"${run.title}" (${run.channel}/${run.id}) can be played, but has no poster, storyboard or MP4: ${reason}.`,
  );
  return advanceRun({ ...run, state: 'done', reason }, store);
}
