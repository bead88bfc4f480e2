import type { ResourceProvider, ResourceRequest, ResourceState } from 'small-cloud/testing';

/** How long a resource of another service takes, in milliseconds. */
const TAKES = 1500;

/** A resource that is nothing but its name: what the lifecycle of channels has to wait for and does not look into. */
export function anyResource(type: string): ResourceProvider {
  const state = ({ logicalId }: ResourceRequest): ResourceState => ({
    physicalId: logicalId,
    ref: logicalId,
    attributes: {
      Arn: type === 'AWS::Lambda::Function' ? lambdaArn(logicalId) : `arn:${logicalId}`,
      DomainName: `${logicalId}.example`,
      EgressDomain: `${logicalId}.example`,
      RegionalDomainName: `${logicalId}.example`,
      TopicArn: `arn:${logicalId}`,
      Id: logicalId,
    },
  });
  const later = () => new Promise((resolve) => setTimeout(resolve, TAKES));
  return {
    create: async (request) => {
      await later();
      return state(request);
    },
    update: async (_, request) => {
      await later();
      return state(request);
    },
    delete: async () => void (await later()),
  };
}

function lambdaArn(name: string): string {
  return `arn:aws:lambda:eu-west-1:111122223333:function:${name}`;
}
