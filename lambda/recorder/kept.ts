import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { keptPhysicalId } from '../shared/custom-resource/properties';
import type { CustomResourceHandler } from '../shared/custom-resource/respond';
import { changeCatalogue } from '../shared/recordings/catalogue';
import { runsOf } from '../shared/recordings/run-book';
import { sweep } from './handler';
import { patient } from './patient';
import type { RecorderSurroundings } from './surroundings';

/** Pause between two looks at harvests, in milliseconds. */
const LOOK_EVERY = 5000;
/** Time that the catalogue has to list what was harvested, in milliseconds. */
const LISTING = 60_000;

/**
 * Handles `Custom::Recordings`: the catalogues exist before anybody asks for them, and no harvest is under way when the
 * endpoints are deleted. Where recordings are retained, the last runs are harvested first; otherwise harvests are
 * cancelled, or waited for where they cannot be. Channels are stopped before.
 *
 * @param surroundings - makes the surroundings, with a time to give up in milliseconds since 1970.
 */
export function recordingsHandler(surroundings: (deadline: number) => RecorderSurroundings): CustomResourceHandler {
  const physicalId = (event: CloudFormationCustomResourceEvent) => keptPhysicalId('recordings', event);
  return {
    physicalId,
    async handle(event, deadline) {
      const around = patient(surroundings(deadline));
      if (event.RequestType !== 'Delete') {
        for (const channel of around.recorded) await changeCatalogue(channel, around.store, (same) => same);
      } else if (event.ResourceProperties['Retained'] === 'true') {
        await finished(around);
      } else {
        await cancelled(around);
      }
      return { physicalId: physicalId(event) };
    },
  };
}

/** Harvests what has run, and waits until it is listed. What is not finished in time is left out, and said in the log. */
async function finished(around: RecorderSurroundings): Promise<void> {
  const { clock, deadline } = around;
  try {
    await sweep(around);
    while ((await active(around)).length > 0) {
      if (clock.now() + LOOK_EVERY > deadline) return await cancelled(around);
      await clock.sleep(LOOK_EVERY);
    }
    const until = Math.min(deadline, clock.now() + LISTING);
    while ((await isUnlisted(around)) && clock.now() + LOOK_EVERY < until) await clock.sleep(LOOK_EVERY);
  } catch (error) {
    // A stack that cannot be deleted is worse than a recording that is not listed.
    console.warn(`The last runs were not all recorded: ${error}`);
  }
}

/** Cancels the harvests that are under way. Those of v1 cannot be: they end, before their endpoints and bucket go. */
async function cancelled(around: RecorderSurroundings): Promise<void> {
  const { clock, deadline, harvester } = around;
  for (const { group, harvest } of await active(around)) {
    console.log(`The harvest ${harvest.name} is to end`);
    await harvester.cancel(group, harvest);
  }
  while ((await active(around)).length > 0 && clock.now() + LOOK_EVERY < deadline) await clock.sleep(LOOK_EVERY);
}

async function active({ recorded, harvester }: RecorderSurroundings) {
  const groups = [...new Set(recorded.map(({ group }) => group))];
  const found = await Promise.all(
    groups.map(async (group) => (await harvester.active(group)).map((harvest) => ({ group, harvest }))),
  );
  return found.flat();
}

async function isUnlisted({ recorded, store }: RecorderSurroundings): Promise<boolean> {
  const runs = await Promise.all(recorded.map(({ name }) => runsOf(name, store)));
  return runs.flat().some(({ state }) => state === 'harvesting');
}
