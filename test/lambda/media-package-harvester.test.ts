import {
  ConflictException,
  type MediaPackageV2Client,
  ResourceNotFoundException,
  ValidationException,
} from '@aws-sdk/client-mediapackagev2';
import { describe, expect, test } from '@jest/globals';
import { mediaPackageHarvester } from '../../lambda/recorder/media-package';
import type { Harvest } from '../../lambda/recorder/surroundings';

const HARVEST = {
  channel: { group: 'live', name: 'main' },
  target: { endpoint: 'cmaf', hls: ['index'], lowLatencyHls: [], dash: [] },
  name: 'show',
  start: 0,
  end: 60_000,
  folder: 'vod/main/show',
} as unknown as Harvest;
const JOB = { channel: 'main', endpoint: 'cmaf', name: 'show' };

const invalid = (ValidationExceptionType: ValidationException['ValidationExceptionType']) =>
  new ValidationException({ message: 'no', ValidationExceptionType, $metadata: {} });
const conflict = (ConflictExceptionType: ConflictException['ConflictExceptionType']) =>
  new ConflictException({ message: 'no', ConflictExceptionType, $metadata: {} });

/** A harvester whose MediaPackage answers every call with an error. */
function harvester(error: Error) {
  return mediaPackageHarvester({ send: () => Promise.reject(error) } as unknown as MediaPackageV2Client, 'recordings');
}

describe('a harvest that MediaPackage does not begin', () => {
  test.each([
    ['later', 'ten are in progress', invalid('TOO_MANY_IN_PROGRESS_HARVEST_JOBS')],
    ['later', 'its channel is being changed', conflict('CONFLICTING_OPERATION')],
    ['asked', 'it exists', conflict('RESOURCE_ALREADY_EXISTS')],
    ['asked', 'its token was used', conflict('IDEMPOTENT_PARAMETER_MISMATCH')],
  ])('is %s, where %s', async (answer, _, error) => {
    await expect(harvester(error).start(HARVEST)).resolves.toBe(answer);
  });

  test('is refused for good where the times are wrong', async () => {
    await expect(
      harvester(invalid('HARVEST_JOB_START_TIME_OUTSIDE_STARTOVER_WINDOW' as never)).start(HARVEST),
    ).rejects.toMatchObject({ name: 'HarvestRefusedError' });
  });
});

describe('a harvest that is cancelled', () => {
  test.each([
    ['has ended meanwhile', invalid('HARVEST_JOB_INELIGIBLE_FOR_CANCELLATION')],
    ['is changed meanwhile', conflict('CONFLICTING_OPERATION')],
    ['is gone', new ResourceNotFoundException({ message: 'no', $metadata: {} })],
  ])('is left as it is where it %s', async (_, error) => {
    await expect(harvester(error).cancel('live', JOB)).resolves.toBeUndefined();
  });

  test('is an error for another reason', async () => {
    await expect(harvester(invalid('MEMBER_INVALID')).cancel('live', JOB)).rejects.toThrow('no');
  });
});
