import { changeCatalogue, readCatalogue, withoutRecording } from '../shared/recordings/catalogue';
import type { ListedRecording } from '../shared/recordings/listed-recording';
import { keeperOf, recordedChannel } from '../shared/recordings/recorded-channel';
import { idOf, partsOf, type Run } from '../shared/recordings/run';
import { addRun, keepRun, runOf, runsOf } from '../shared/recordings/run-book';
import { harvestRun } from './harvest-run';
import { conversionPlaylists, ownSegments } from './stored-removal';
import type { RecorderSurroundings } from './surroundings';

/** A task that an operator gives. Times are in ISO 8601. */
export type OperatorTask =
  | {
      readonly task: 'clip';
      readonly channel: string;
      readonly from: string;
      readonly to: string;
      readonly title?: string;
      readonly mp4?: boolean;
    }
  | { readonly task: 'recordings'; readonly channel?: string }
  | { readonly task: 'remove'; readonly channel: string; readonly id: string };

const DAY = 24 * 3_600_000;

/**
 * Does a task of an operator.
 *
 * @throws Error with a sentence for a task that cannot be done.
 */
export async function operatorTask(task: OperatorTask, around: RecorderSurroundings): Promise<object> {
  switch (task.task) {
    case 'clip':
      return { clip: await clip(task, around) };
    case 'recordings':
      return { recordings: await listed(task.channel, around) };
    case 'remove':
      return { removed: await remove(task, around) };
    default:
      throw new Error(`There is no task ${JSON.stringify(task)}`);
  }
}

/** Has a part of a show harvested. The same clip again is the same one. */
async function clip(task: Extract<OperatorTask, { task: 'clip' }>, around: RecorderSurroundings): Promise<Run> {
  const channel = recordedChannel(task.channel, around.recorded);
  const from = Date.parse(task.from);
  const to = Date.parse(task.to);
  if (Number.isNaN(from) || Number.isNaN(to)) {
    throw new Error(`from and to: ${task.from}, ${task.to} were given; times in ISO 8601 are needed`);
  }
  if (to <= from || to - from > DAY) {
    throw new Error(`from ${task.from} to ${task.to} was given; a clip ends after it begins, and lasts up to 24 hours`);
  }
  const media = await around.media(channel, from);
  const shown = media.filter(({ start, end }) => end > from && start < to);
  const [first, last] = [shown.at(0), shown.at(-1)];
  if (first === undefined || last === undefined) {
    throw new Error(
      `Channel ${channel.name} has no media from ${task.from} to ${task.to}; ${keeperOf(channel)} keeps it for ${Math.floor(channel.windowSeconds / 3600)} hours`,
    );
  }
  // No longer than the media: what comes later does not belong to what was asked for.
  const [start, end] = [Math.max(from, first.start), Math.min(to, last.end)];
  const id = `${idOf(start)}-${Math.round((end - start) / 1000)}`;
  const known = await runOf({ channel: channel.name, id }, around.store);
  if (known !== undefined && known.state !== 'failed' && known.state !== 'removed') return sameClip(known, task);
  const made: Run = {
    version: 1,
    channel: channel.name,
    id,
    kind: 'clip',
    title: task.title ?? `${channel.name}, clip of ${new Date(start).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    state: 'ended',
    start: new Date(start).toISOString(),
    end: new Date(end).toISOString(),
    opened: new Date(around.clock.now()).toISOString(),
    drift: 0,
    parts: partsOf(start, end),
    pictures: channel.pictures,
    mp4: task.mp4 ?? false,
    attempt: (known?.attempt ?? 0) + 1,
  };
  if (known === undefined) await addRun(made, around.store);
  else await keepRun(made, around.store);
  return harvestRun(channel, made, around);
}

/** Returns the clip that is there. @throws Error where an MP4 is wanted, which is made together with the clip. */
function sameClip(known: Run, { mp4 = false }: Extract<OperatorTask, { task: 'clip' }>): Run {
  if (!mp4 || known.mp4) return known;
  throw new Error(
    `Clip ${known.channel}/${known.id} is there without an MP4, which is made together with a clip; remove it, or choose another part`,
  );
}

/** Lists recordings, those that viewers cannot play yet among them, the newest first. */
async function listed(name: string | undefined, around: RecorderSurroundings): Promise<readonly ListedRecording[]> {
  const channels = name === undefined ? around.recorded : [recordedChannel(name, around.recorded)];
  const found = new Map<string, ListedRecording>();
  for (const channel of channels) {
    const { recordings } = await readCatalogue(channel, around.store);
    for (const { id, kind, title, start, seconds, mp4 } of recordings.filter((one) => one.channel === channel.name)) {
      const address = `?recording=${channel.name}/${id}`;
      found.set(address, { id, channel: channel.name, kind, title, start, seconds, state: 'done', address, mp4 });
    }
    for (const run of await runsOf(channel.name, around.store)) {
      const address = `?recording=${channel.name}/${run.id}`;
      const { id, kind, title, start, state, reason } = run;
      if (found.has(address) || state === 'removed' || state === 'done') continue;
      found.set(address, { id, channel: channel.name, kind, title, start, state, address, reason });
    }
  }
  return [...found.values()].toSorted((one, other) => other.start.localeCompare(one.start));
}

/** Removes a recording: from the catalogue first, so that nobody is sent to what is gone. */
async function remove({ channel: name, id }: Extract<OperatorTask, { task: 'remove' }>, around: RecorderSurroundings) {
  const channel = recordedChannel(name, around.recorded);
  const { store } = around;
  const run = await runOf({ channel: name, id }, store);
  const keys = [`vod/${name}/${id}/`, `conversion/${name}/${id}/`].map((prefix) => store.keys(prefix));
  const files = (await Promise.all(keys)).flat();
  // Ids begin with a year. With a bucket as the origin, there is a folder beside them that is none.
  if (!/^\d[\w-]+$/.test(id) || (run === undefined && files.length === 0)) {
    throw new Error(`There is no recording ${name}/${id}; npm run live -- recordings lists them`);
  }
  if (run !== undefined && ['running', 'ended', 'harvesting'].includes(run.state)) {
    throw new Error(`${name}/${id} is ${run.state}; it can be removed once it is whole`);
  }
  await changeCatalogue(channel, store, (catalogue) => withoutRecording(catalogue, { channel: name, id }));
  if (run !== undefined) await keepRun({ ...run, state: 'removed' }, store);
  const shared = channel.source === 's3' ? await ownSegments(channel, id, store) : [];
  const playlists = channel.source === 's3' ? await conversionPlaylists(channel, id, store) : [];
  await store.remove([...files, ...shared, ...playlists]);
  // Copies of the edge would be played for a day.
  await around.forget(shared.length > 0 ? `/vod/${name}/*` : `/vod/${name}/${id}/*`);
  return { channel: name, id, files: files.length + shared.length };
}
