import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
}
type Resources = Readonly<Record<string, Resource>>;

const GOLDEN = join(__dirname, '..', 'golden');

/** Services whose resources a running channel uses, or viewers see. */
const STREAM = /^AWS::(MediaLive|MediaPackage|MediaPackageV2|MediaStore|CloudFront|S3|SecretsManager)::/;
/** Services that act for a running channel with a role of the stack. */
const ROLES = /(medialive|mediapackage|edgelambda)\.amazonaws\.com/;

/** Tells if a running channel uses a resource, or viewers see it. */
function isOfTheStream({ Type, Properties }: Resource): boolean {
  if (Type === 'AWS::IAM::Role') return ROLES.test(JSON.stringify(Properties?.['AssumeRolePolicyDocument']));
  return STREAM.test(Type) || Type === 'Custom::BucketContent' || Type === 'Custom::ContainerContent';
}

/** Logical ids that a resource depends on directly. */
function awaited(resource: Resource, resources: Resources): readonly string[] {
  const named = [
    ...JSON.stringify(resource.Properties ?? {}).matchAll(/"(?:Ref|Fn::GetAtt)":\["?([^"]+)"|"Ref":"([^"]+)"/g),
  ];
  const substituted = [...JSON.stringify(resource.Properties ?? {}).matchAll(/\$\{(\w+)/g)];
  const ids = [...named.map(([, attribute, ref]) => attribute ?? ref), ...substituted.map(([, id]) => id)];
  return [...[resource.DependsOn ?? []].flat(), ...ids].flatMap((id) =>
    id !== undefined && resources[id] !== undefined ? [id] : [],
  );
}

function waitsForQuiesce(id: string, resources: Resources, seen = new Set<string>()): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  const resource = resources[id];
  if (resource === undefined) return false;
  return (
    resource.Type === 'Custom::Quiesce' ||
    awaited(resource, resources).some((other) => waitsForQuiesce(other, resources, seen))
  );
}

describe('a refused update changes nothing of the stream', () => {
  test.each(readdirSync(GOLDEN))('%s: every resource that a channel uses or viewers see waits for Quiesce', (file) => {
    const { Resources } = JSON.parse(readFileSync(join(GOLDEN, file), 'utf8')) as { Resources: Resources };
    const stream = Object.entries(Resources).filter(([, resource]) => isOfTheStream(resource));
    expect(stream.length).toBeGreaterThan(10);
    expect(stream.filter(([id]) => !waitsForQuiesce(id, Resources)).map(([id]) => id)).toEqual([]);
  });
});
