import type { Clock } from '../shared/clock';
import { keptPhysicalId, requiredString } from '../shared/custom-resource/properties';
import type { CustomResourceHandler } from '../shared/custom-resource/respond';
import { emptied, type MediaStore } from './emptying';
import { patient } from './patient';

/** The dependencies of the handler. */
export interface ContainerContentSurroundings {
  readonly mediaStore: MediaStore;
  readonly clock: Clock;
}

/**
 * Handles `Custom::ContainerContent`, whose deletion empties the container `ContainerName`. MediaStore does not list
 * objects that expire within seconds; they are gone after `UnlistedSeconds`.
 */
export function containerContentHandler({ mediaStore, clock }: ContainerContentSurroundings): CustomResourceHandler {
  return {
    physicalId: (event) => keptPhysicalId('container-content', event),
    async handle(event, deadline) {
      if (event.RequestType === 'Delete') {
        const name = requiredString(event.ResourceProperties, 'ContainerName');
        const before = await emptied(name, { mediaStore: patient(mediaStore, clock, deadline), clock, deadline });
        const unlistedSeconds = Number(event.ResourceProperties['UnlistedSeconds'] ?? 0);
        if (before === 'emptied') await clock.sleep(1000 * unlistedSeconds);
      }
      return { physicalId: this.physicalId(event) };
    },
  };
}
