import {
  CreateHarvestJobCommand,
  GetHarvestJobCommand,
  MediaPackageV2Client,
  type MediaPackageV2ClientConfig,
} from '@aws-sdk/client-mediapackagev2';
import { CHANNEL } from './recording-drill-template';

/** Name of the stack of a local run, which is that of its channel group. */
const STACK = 'live-streaming';

/** Has the next seconds of the recorded channel harvested, and returns once MediaPackage is at it. */
export async function harvestAhead(
  settings: MediaPackageV2ClientConfig,
  { bucket, seconds }: { readonly bucket: string; readonly seconds: number },
): Promise<void> {
  const client = new MediaPackageV2Client(settings);
  const of = { ChannelGroupName: STACK, ChannelName: CHANNEL, OriginEndpointName: 'cmaf' };
  const now = Date.now();
  const { HarvestJobName } = await client.send(
    new CreateHarvestJobCommand({
      ...of,
      HarvestedManifests: { HlsManifests: [{ ManifestName: 'index' }] },
      ScheduleConfiguration: { StartTime: new Date(now - 4000), EndTime: new Date(now + seconds * 1000) },
      Destination: { S3Destination: { BucketName: bucket, DestinationPath: `vod/${CHANNEL}/ahead/1` } },
    }),
  );
  const look = () => client.send(new GetHarvestJobCommand({ ...of, HarvestJobName }));
  while ((await look()).Status !== 'IN_PROGRESS') await new Promise((done) => setTimeout(done, 500));
  client.destroy();
}
