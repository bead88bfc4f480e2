import { only, resources, type Template } from '../../stream/synth';
import { servedPaths, textOf } from './served';

interface Behaviour {
  readonly PathPattern: string;
  readonly TargetOriginId: string;
  readonly CachePolicyId: { readonly Ref: string };
}

interface DistributionConfig {
  readonly CacheBehaviors: readonly Behaviour[];
  readonly Origins: readonly { readonly Id: string }[];
}

interface PlayerConfig {
  readonly channels: readonly { readonly manifests: readonly { readonly url: string }[] }[];
}

/** What is wrong with the addresses of manifests, from the packager to the player; nothing where all agree. */
export function pathComplaints(template: Template): readonly string[] {
  const served = servedPaths(template);
  const played = playerPaths(template);
  const put = outputPaths(template);
  return [
    ...differences(served, played, 'the player’s configuration'),
    ...differences(served, put, 'the Outputs'),
    ...[...new Set([...served, ...played, ...put])].flatMap((path) => routeComplaints(template, path)),
  ];
}

function playerPaths(template: Template): readonly string[] {
  const site = resources(template, 'Custom::BucketContent').find(({ id }) => id.includes('PlayerSite'));
  const { channels } = JSON.parse(textOf(site?.Properties['Config'])) as PlayerConfig;
  return channels.flatMap(({ manifests }) => manifests.map(({ url }) => url));
}

function outputPaths(template: Template): readonly string[] {
  return Object.values(template.Outputs).flatMap(({ Value }) => {
    const match = /^https:\/\/<\w+\.DomainName>(\/.+)$/.exec(textOf(Value));
    return match?.[1] ?? [];
  });
}

function differences(served: readonly string[], named: readonly string[], by: string): readonly string[] {
  return [
    ...named.filter((path) => !served.includes(path)).map((path) => `${path} of ${by} is served by nothing`),
    ...served.filter((path) => !named.includes(path)).map((path) => `${path} is served, and is not in ${by}`),
  ];
}

function routeComplaints(template: Template, path: string): readonly string[] {
  const { DistributionConfig: config } = only(template, 'AWS::CloudFront::Distribution').Properties as {
    DistributionConfig: DistributionConfig;
  };
  const first = config.CacheBehaviors.find(({ PathPattern }) =>
    new RegExp(`^${PathPattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(path),
  );
  if (first === undefined) return [`${path} is routed by no behaviour of the edge`];
  return [
    ...(/Manifests/.test(first.CachePolicyId.Ref) ? [] : [`${path} has not the cache policy of manifests`]),
    ...(first.TargetOriginId === 'media' && config.Origins.some(({ Id }) => Id === first.TargetOriginId)
      ? []
      : [`${path} is routed to ${first.TargetOriginId}, which is no origin of media`]),
  ];
}
