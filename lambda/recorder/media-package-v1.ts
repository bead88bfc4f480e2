import {
  CreateHarvestJobCommand,
  DescribeHarvestJobCommand,
  type MediaPackageClient,
  NotFoundException,
  paginateListHarvestJobs,
  TooManyRequestsException,
  UnprocessableEntityException,
} from '@aws-sdk/client-mediapackage';
import { v1JobId } from '../shared/recordings/v1-job';
import { type ActiveHarvest, type Harvester, HarvestRefusedError } from './surroundings';

/** Name of the manifest in the folder of a harvest. */
const MANIFEST = 'index.m3u8';

/** The endpoints that are harvested from, the bucket, and the role by which MediaPackage writes to it. */
interface V1Means {
  readonly endpoints: readonly string[];
  readonly bucket: string;
  readonly roleArn: string;
}

/**
 * Makes a harvester that asks MediaPackage v1. A job of v1 cannot be cancelled.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/apireference/harvest_jobs.html
 */
export function mediaPackageV1Harvester(
  client: MediaPackageClient,
  { endpoints, bucket, roleArn }: V1Means,
): Harvester {
  return {
    async start({ channel, target, name, start, end, folder }) {
      const id = v1JobId(channel, name);
      try {
        await client.send(
          new CreateHarvestJobCommand({
            Id: id,
            OriginEndpointId: target.endpoint,
            StartTime: new Date(start).toISOString(),
            EndTime: new Date(end).toISOString(),
            S3Destination: { BucketName: bucket, ManifestKey: `${folder}/${MANIFEST}`, RoleArn: roleArn },
          }),
        );
        return 'asked';
      } catch (error) {
        // Ten harvests of an account and Region at a time.
        if (error instanceof TooManyRequestsException) return 'later';
        if (error instanceof NotFoundException) throw new HarvestRefusedError(error.message);
        if (!(error instanceof UnprocessableEntityException)) throw error;
        // It was asked for already, or it is impossible.
        if (await isKnown(client, id)) return 'asked';
        throw new HarvestRefusedError(error.message);
      }
    },
    async active() {
      const found: ActiveHarvest[] = [];
      const pages = paginateListHarvestJobs({ client }, { IncludeStatus: 'IN_PROGRESS' });
      for await (const { HarvestJobs = [] } of pages) {
        for (const { Id = '', ChannelId = '', OriginEndpointId = '' } of HarvestJobs) {
          // Those of other stacks are none of ours.
          if (!endpoints.includes(OriginEndpointId)) continue;
          found.push({ channel: ChannelId, endpoint: OriginEndpointId, name: Id });
        }
      }
      return found;
    },
    async cancel() {},
  };
}

async function isKnown(client: MediaPackageClient, id: string): Promise<boolean> {
  try {
    await client.send(new DescribeHarvestJobCommand({ Id: id }));
    return true;
  } catch (error) {
    if (error instanceof NotFoundException) return false;
    throw error;
  }
}
