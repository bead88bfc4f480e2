import { DescribeHarvestJobCommand, type MediaPackageClient, NotFoundException } from '@aws-sdk/client-mediapackage';
import {
  GetHarvestJobCommand,
  type MediaPackageV2Client,
  ResourceNotFoundException,
} from '@aws-sdk/client-mediapackagev2';
import { present } from '../shared/answer';
import type { ObjectStore } from '../shared/recordings/object-store';
import { folderOfJob, MULTIVARIANT } from '../shared/recordings/stored-names';
import { v1JobId, v1Status } from '../shared/recordings/v1-job';
import type { CatalogueSurroundings } from './surroundings';

const MISSING = { status: 'MISSING', reason: '' };

/** Makes the question whether the recorder has written a recording: its first playlist is written last. */
export function storedState(store: Pick<ObjectStore, 'read'>): CatalogueSurroundings['harvest'] {
  return async (channel, _, name) => {
    const first = await store.read(`${folderOfJob(channel, name)}/${MULTIVARIANT}`);
    return first === undefined ? MISSING : { status: 'COMPLETED', reason: '' };
  };
}

/** Makes the question how a harvest of MediaPackage v2 goes. */
export function packagerState(client: MediaPackageV2Client): CatalogueSurroundings['harvest'] {
  return async (channel, { endpoint }, name) => {
    const names = { ChannelGroupName: channel.group, ChannelName: channel.name, OriginEndpointName: endpoint };
    try {
      const found = await client.send(new GetHarvestJobCommand({ ...names, HarvestJobName: name }));
      const status = present('MediaPackage', 'the status of the harvest', found.Status);
      return { status, reason: found.ErrorMessage ?? '' };
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return MISSING;
      throw error;
    }
  };
}

/**
 * Makes the question how a harvest of MediaPackage v1 goes.
 *
 * @param reasons - what events have told of failures, by the id of the job. The API does not tell it.
 */
export function v1State(
  client: MediaPackageClient,
  reasons: ReadonlyMap<string, string>,
): CatalogueSurroundings['harvest'] {
  return async (channel, _, name) => {
    const id = v1JobId(channel, name);
    try {
      const { Status } = await client.send(new DescribeHarvestJobCommand({ Id: id }));
      const status = v1Status(present('MediaPackage', 'the status of the harvest', Status));
      return { status, reason: reasons.get(id) ?? '' };
    } catch (error) {
      if (error instanceof NotFoundException) return MISSING;
      throw error;
    }
  };
}
