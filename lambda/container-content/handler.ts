import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { Clock } from '../clock';
import type { CustomResourceHandler } from '../custom-resource/respond';
import { emptied, type MediaStore } from './emptying';
import { patient } from './patience';

/** What the handler works on. */
export interface ContainerContentSurroundings {
  readonly mediaStore: MediaStore;
  readonly clock: Clock;
}

/**
 * `Custom::ContainerContent`: deleted, the container `ContainerName` holds nothing. Objects that expire within seconds
 * are not listed by MediaStore: after `UnlistedSeconds` they are gone as well.
 */
export function containerContentHandler({ mediaStore, clock }: ContainerContentSurroundings): CustomResourceHandler {
  return {
    physicalId,
    async handle(event, deadline) {
      if (event.RequestType === 'Delete') {
        const { ContainerName: name, UnlistedSeconds: unlisted } = event.ResourceProperties;
        if (typeof name !== 'string' || name === '') throw new Error('The property ContainerName is missing');
        const patience = patient(mediaStore, clock, deadline);
        const was = await emptied(name, patience, clock, deadline);
        if (was === 'emptied') await clock.sleep(1000 * Number(unlisted ?? 0));
      }
      return { physicalId: physicalId(event) };
    },
  };
}

/** Made from the logical id alone, and kept: a new id would be a replacement, and its clean-up a delete. */
function physicalId(event: CloudFormationCustomResourceEvent): string {
  return event.RequestType === 'Create' ? `container-content-${event.LogicalResourceId}` : event.PhysicalResourceId;
}
