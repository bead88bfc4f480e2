import type { ResourceProvider, ResourceRequest, ResourceState } from 'small-cloud/testing';
import { type Faults, failing } from './faults';

/** A packager that every channel has a place at. */
export const PACKAGER = {
  ingest: (group: string | undefined, name: string) => ({
    arn: `arn:${group}/${name}`,
    urls: ['http://0/', 'http://1/'] as const,
  }),
  insert: () => {},
};

type Providers = Readonly<Record<string, ResourceProvider>>;

/** Time that a resource of another service takes, in milliseconds. */
const TAKES = 1500;

/** The real providers, and stand-ins for every other type that is not a custom resource. All of them obey the faults. */
export function providers(types: readonly string[], real: Providers, faults: Faults): Providers {
  const others = types.filter((type) => !(type in real) && !type.startsWith('Custom::'));
  const all = [...others.map((type) => [type, anyResource(type)] as const), ...Object.entries(real)];
  return Object.fromEntries(all.map(([type, provider]) => [type, failing(provider, faults)]));
}

/** A stand-in for a resource that the lifecycle of channels waits for and never reads. */
function anyResource(type: string): ResourceProvider {
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
