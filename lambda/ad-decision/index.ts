import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { statusOf } from '../shared/answer';
import { systemClock } from '../shared/clock';
import { setting } from '../shared/setting';
import { type Campaign, readCampaigns } from './campaign';
import { type BreakAnswer, type BreakRequest, type DecisionSurroundings, decide } from './handler';

/** Time for which the campaigns are kept in memory, in milliseconds. */
const KEPT = 5000;

const s3 = new S3Client({ maxAttempts: 2, requestHandler: { requestTimeout: 2000, connectionTimeout: 1000 } });
let kept: { readonly campaigns: readonly Campaign[]; readonly at: number } | undefined;

async function campaigns(): Promise<readonly Campaign[]> {
  const now = systemClock.now();
  if (kept !== undefined && now - kept.at < KEPT) return kept.campaigns;
  kept = { campaigns: await read(), at: now };
  return kept.campaigns;
}

async function read(): Promise<readonly Campaign[]> {
  try {
    const Key = setting('CAMPAIGNS_KEY');
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: setting('BUCKET_NAME'), Key }));
    return readCampaigns((await Body?.transformToString()) ?? '');
  } catch (error) {
    // Without permission to list the bucket, S3 says 403 of an object that is missing.
    const status = statusOf(error);
    if (status === 403 || status === 404) return [];
    throw error;
  }
}

const around: DecisionSurroundings = {
  channels: JSON.parse(setting('CHANNELS')) as readonly string[],
  campaigns,
  now: systemClock.now,
};

/** Invoked by players and ad servers, through the edge. */
export function handler(request: BreakRequest): Promise<BreakAnswer> {
  return decide(request, around);
}
