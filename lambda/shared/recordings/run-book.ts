import type { ObjectStore } from './object-store';
import type { Run, RunState } from './run';

/** Most shows, and most clips, of a channel that are looked at. Older ones have been settled long ago. */
const NEWEST = 60;
/** End of the key of a show. That of a clip has the length of the clip after the time. */
const SHOW = /Z\.json$/;

/** Returns the key of a run in the recorder's memory. */
function keyOf({ channel, id }: Pick<Run, 'channel' | 'id'>): string {
  return `runs/${channel}/${id}.json`;
}

/** Lists the runs and clips of a channel, the newest first. Many clips of one show do not hide the show. */
export async function runsOf(channel: string, store: ObjectStore): Promise<readonly Run[]> {
  // Ids begin with their time, so the order of the keys is that of time.
  const all = (await store.keys(`runs/${channel}/`)).toReversed();
  const isShow = (key: string) => SHOW.test(key);
  const newest = [all.filter(isShow), all.filter((key) => !isShow(key))].flatMap((some) => some.slice(0, NEWEST));
  const keys = all.filter((key) => newest.includes(key));
  const texts = await Promise.all(keys.map((key) => store.read(key)));
  return texts.flatMap((found) => (found === undefined ? [] : [JSON.parse(found.text) as Run]));
}

/** Returns a run; undefined for one that is not known. */
export async function runOf(name: Pick<Run, 'channel' | 'id'>, store: ObjectStore): Promise<Run | undefined> {
  const found = await store.read(keyOf(name));
  return found && (JSON.parse(found.text) as Run);
}

/** Adds a run. @returns false where it is known already. */
export async function addRun(run: Run, store: ObjectStore): Promise<boolean> {
  return store.write({ ...textOf(run), replaces: 'none' });
}

/** Writes a run that has changed, and returns it. */
export async function keepRun(run: Run, store: ObjectStore): Promise<Run> {
  await store.write(textOf(run));
  return run;
}

/** States in the order in which a recording goes through them. */
const ORDER: readonly RunState[] = ['running', 'ended', 'harvesting', 'converting', 'done', 'failed', 'removed'];
/** Attempts to write a run that others write as well. */
const ATTEMPTS = 8;

/**
 * Writes a run that has come further. Events may be handled at the same time, so whoever has read it earlier may write it
 * later: a run never goes back, and never forgets its job.
 *
 * @returns the run as it is kept.
 * @throws Error when others write it all the time.
 */
export async function advanceRun(run: Run, store: ObjectStore): Promise<Run> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const found = await store.read(keyOf(run));
    const kept = found && (JSON.parse(found.text) as Run);
    if (kept !== undefined && isFurther(kept, run)) return kept;
    if (await store.write({ ...textOf(run), replaces: found?.etag ?? 'none' })) return run;
  }
  throw new Error(`${keyOf(run)} was written by others ${ATTEMPTS} times`);
}

function isFurther(kept: Run, run: Run): boolean {
  if ((kept.attempt ?? 1) !== (run.attempt ?? 1)) return (kept.attempt ?? 1) > (run.attempt ?? 1);
  const steps = ORDER.indexOf(kept.state) - ORDER.indexOf(run.state);
  return steps > 0 || (steps === 0 && kept.conversion !== undefined && run.conversion === undefined);
}

function textOf(run: Run) {
  return { key: keyOf(run), text: JSON.stringify(run, null, 2), contentType: 'application/json' };
}
