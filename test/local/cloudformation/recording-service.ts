import type { ResourceRequest, ResourceState, Service } from '../../../local/cloud';

/**
 * A service of one resource type, `AWS::Test::Thing`, that writes down what happens: `+A` when A's creation begins, `A`
 * when it is there, `-A` when it is deleted. Property `Fails` refuses the creation, `Stays` the deletion, `Takes` waits
 * so many milliseconds.
 */
export class RecordingService implements Service {
  readonly history: string[] = [];
  readonly requests: ResourceRequest[] = [];
  readonly resources = {
    'AWS::Test::Thing': {
      create: async (request: ResourceRequest): Promise<ResourceState> => {
        const { logicalId, properties } = request;
        this.history.push(`+${logicalId}`);
        this.requests.push(request);
        await new Promise((resolve) => setTimeout(resolve, Number(properties['Takes'] ?? 0)));
        if (properties['Fails'] !== undefined) throw new Error(String(properties['Fails']));
        this.history.push(logicalId);
        return { physicalId: `${logicalId}-1`, ref: `${logicalId}-1`, attributes: { Arn: `arn:${logicalId}` } };
      },
      delete: async (_: ResourceState, { logicalId, properties }: ResourceRequest): Promise<void> => {
        if (properties['Stays'] !== undefined) throw new Error(String(properties['Stays']));
        this.history.push(`-${logicalId}`);
      },
    },
  };
}
