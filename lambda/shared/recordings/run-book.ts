import type { ObjectStore } from './object-store';
import type { Run } from './run';

/** Most runs of a channel that are looked at. Older ones have been settled long ago. */
const NEWEST = 60;

/** Returns the key of a run in the recorder's memory. */
function keyOf({ channel, id }: Pick<Run, 'channel' | 'id'>): string {
  return `runs/${channel}/${id}.json`;
}

/** Lists the runs and clips of a channel, the newest first. */
export async function runsOf(channel: string, store: ObjectStore): Promise<readonly Run[]> {
  // Ids begin with their time, so the order of the keys is that of time.
  const keys = (await store.keys(`runs/${channel}/`)).toReversed().slice(0, NEWEST);
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

function textOf(run: Run) {
  return { key: keyOf(run), text: JSON.stringify(run, null, 2), contentType: 'application/json' };
}
