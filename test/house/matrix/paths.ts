import { only, resources, type Template } from '../../stream/synth';
import { expectedOf } from './kinds';
import { servedPaths } from './served';
import type { NamedRow } from './stacks';
import { differences, textOf, unhashed } from './texts';

interface Behaviour {
  readonly PathPattern: string;
  readonly TargetOriginId: string;
  readonly CachePolicyId: { readonly Ref: string };
}

interface DistributionConfig {
  readonly CacheBehaviors: readonly Behaviour[];
  readonly Origins: readonly { readonly Id: string; readonly DomainName: unknown }[];
}

interface PlayerConfig {
  readonly channels: readonly PlayerChannel[];
}

/** A channel in the player's configuration. */
interface PlayerChannel {
  readonly name: string;
  readonly manifests: readonly { readonly url: string }[];
  readonly chat?: object;
  readonly polls?: object;
}

/** Lists the addresses of manifests that are not as expected, from the packager to the player. */
export function pathComplaints(template: Template, rows: readonly NamedRow[]): readonly string[] {
  const expected = rows.flatMap(({ name, origin, ladder }) => expectedOf('origin', origin).manifests(name, ladder));
  // The demo player does not play Smooth Streaming.
  const playable = expected.filter((path) => !path.endsWith('.ism/Manifest'));
  return [
    ...differences('in what is served,', expected, servedPaths(template).map(unhashed)),
    ...differences('in the player’s configuration,', playable, playerPaths(template)),
    ...differences('in the Outputs,', expected, outputPaths(template)),
    ...expected.flatMap((path) => routeComplaints(template, path)),
    ...hostComplaints(template, rows),
  ];
}

/** The channels of the player's configuration. */
export function playerChannels(template: Template): readonly PlayerChannel[] {
  const site = resources(template, 'Custom::BucketContent').find(({ id }) => id.includes('PlayerSite'));
  return (JSON.parse(textOf(site?.Properties['Config'])) as PlayerConfig).channels;
}

function playerPaths(template: Template): readonly string[] {
  return playerChannels(template).flatMap(({ manifests }) => manifests.map(({ url }) => unhashed(url)));
}

function outputPaths(template: Template): readonly string[] {
  return Object.values(template.Outputs).flatMap(({ Value }) => {
    const match = /^https:\/\/<EdgeDistribution\w+\.DomainName>(\/.+)$/.exec(textOf(Value));
    return match?.[1] === undefined ? [] : [unhashed(match[1])];
  });
}

function distribution(template: Template): DistributionConfig {
  return (only(template, 'AWS::CloudFront::Distribution').Properties as { DistributionConfig: DistributionConfig })
    .DistributionConfig;
}

/** Finds a path of a manifest that no behaviour routes to the media with the cache policy of manifests. */
export function routeComplaints(template: Template, path: string): readonly string[] {
  const first = behaviourOf(template, path);
  if (first === undefined) return [`${path} is routed by no behaviour of the edge`];
  return [
    ...(/Manifests/.test(first.CachePolicyId.Ref) ? [] : [`${path} has not the cache policy of manifests`]),
    ...(first.TargetOriginId === 'media' ? [] : [`${path} is routed to ${first.TargetOriginId}, not to the media`]),
  ];
}

/** The origin that a path is routed to; undefined for the default behaviour. */
export function routedTo(template: Template, path: string): string | undefined {
  return behaviourOf(template, path)?.TargetOriginId;
}

function behaviourOf(template: Template, path: string): Behaviour | undefined {
  return distribution(template).CacheBehaviors.find(({ PathPattern }) =>
    new RegExp(`^${PathPattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(path),
  );
}

function hostComplaints(template: Template, rows: readonly NamedRow[]): readonly string[] {
  const expected = rows.slice(0, 1).map(({ name, origin }) => expectedOf('origin', origin).read(name));
  const found = distribution(template).Origins.filter(({ Id }) => Id === 'media');
  return differences(
    'in what the edge reads,',
    expected,
    found.map(({ DomainName }) => unhashed(textOf(DomainName))),
  );
}
