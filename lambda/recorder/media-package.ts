import {
  CancelHarvestJobCommand,
  ConflictException,
  CreateHarvestJobCommand,
  type MediaPackageV2Client,
  paginateListHarvestJobs,
  ResourceNotFoundException,
  ServiceQuotaExceededException,
  ValidationException,
} from '@aws-sdk/client-mediapackagev2';
import { type Harvester, HarvestRefusedError } from './surroundings';

/** Makes a harvester that asks MediaPackage v2. @param bucket - bucket that it writes to. */
export function mediaPackageHarvester(client: MediaPackageV2Client, bucket: string): Harvester {
  return {
    async start({ channel, target, name, start, end, folder }) {
      try {
        await client.send(
          new CreateHarvestJobCommand({
            ChannelGroupName: channel.group,
            ChannelName: channel.name,
            OriginEndpointName: target.endpoint,
            HarvestJobName: name,
            ClientToken: name,
            HarvestedManifests: {
              HlsManifests: named(target.hls),
              LowLatencyHlsManifests: named(target.lowLatencyHls),
              DashManifests: named(target.dash),
            },
            ScheduleConfiguration: { StartTime: new Date(start), EndTime: new Date(end) },
            Destination: { S3Destination: { BucketName: bucket, DestinationPath: folder } },
          }),
        );
        return 'asked';
      } catch (error) {
        if (error instanceof ConflictException) return ASKED.has(error.ConflictExceptionType) ? 'asked' : 'later';
        if (isTooMany(error)) return 'later';
        if (error instanceof ValidationException || error instanceof ResourceNotFoundException) {
          throw new HarvestRefusedError(error.message);
        }
        throw error;
      }
    },
    async active(group) {
      const pages = paginateListHarvestJobs({ client }, { ChannelGroupName: group });
      const found = [];
      for await (const { Items = [] } of pages) {
        for (const { Status, ChannelName = '', OriginEndpointName = '', HarvestJobName = '' } of Items) {
          if (Status !== 'QUEUED' && Status !== 'IN_PROGRESS') continue;
          found.push({ channel: ChannelName, endpoint: OriginEndpointName, name: HarvestJobName });
        }
      }
      return found;
    },
    async cancel(group, { channel, endpoint, name }) {
      const names = { ChannelGroupName: group, ChannelName: channel, OriginEndpointName: endpoint };
      try {
        await client.send(new CancelHarvestJobCommand({ ...names, HarvestJobName: name }));
      } catch (error) {
        if (!isFinished(error)) throw error;
      }
    },
  };
}

/** Conflicts that mean that the harvest was asked for before. Any other means that its channel is being changed. */
const ASKED: ReadonlySet<string | undefined> = new Set(['RESOURCE_ALREADY_EXISTS', 'IDEMPOTENT_PARAMETER_MISMATCH']);

/** Tells if MediaPackage makes as many harvests of the channel group as it can, which is ten. */
function isTooMany(error: unknown): boolean {
  if (error instanceof ServiceQuotaExceededException) return true;
  return error instanceof ValidationException && error.ValidationExceptionType === 'TOO_MANY_IN_PROGRESS_HARVEST_JOBS';
}

/** Tells if a harvest cannot be cancelled because it has ended meanwhile. */
function isFinished(error: unknown): boolean {
  if (error instanceof ConflictException || error instanceof ResourceNotFoundException) return true;
  return (
    error instanceof ValidationException && error.ValidationExceptionType === 'HARVEST_JOB_INELIGIBLE_FOR_CANCELLATION'
  );
}

/** Returns a list of manifests; undefined for an empty one, which MediaPackage need not accept. */
function named(names: readonly string[]) {
  return names.length === 0 ? undefined : names.map((ManifestName) => ({ ManifestName }));
}
