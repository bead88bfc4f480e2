import example from '../../examples/access';
import type { LiveStreamInput } from '../../lib/channel/live-stream';
import { only, resources, synth, type Template } from '../stream/synth';

/** A cache behaviour of a template's distribution. */
export interface Behavior {
  readonly PathPattern?: string;
  readonly TargetOriginId: string;
  readonly AllowedMethods: readonly string[];
  readonly CachePolicyId: unknown;
  readonly OriginRequestPolicyId?: unknown;
  readonly ResponseHeadersPolicyId?: unknown;
  readonly FunctionAssociations?: readonly { readonly EventType: string; readonly FunctionARN: unknown }[];
}

/** The part of a distribution that these tests read. */
export interface DistributionConfig {
  readonly CacheBehaviors: readonly Behavior[];
  readonly DefaultCacheBehavior: Behavior;
  readonly Aliases?: readonly string[];
  readonly Restrictions?: unknown;
  readonly ViewerCertificate?: unknown;
  readonly WebACLId?: unknown;
}

/** An issuer of viewers that is not of the stack. */
export const ISSUER = { issuer: 'https://id.example.com/', clientId: 'player' };

/** Synthesizes the example of viewer access with other options. */
export function synthAccess(
  access: LiveStreamInput['access'] = {},
  overrides: Partial<LiveStreamInput> = {},
): Template {
  return synth({ ...example, access: { ...example.access, ...access }, ...overrides });
}

/** Returns the distribution of a template. */
export function distribution(template: Template): DistributionConfig {
  return only(template, 'AWS::CloudFront::Distribution').Properties['DistributionConfig'] as DistributionConfig;
}

/** Returns the behaviours of the media: all but that of the API. */
export function mediaBehaviors(template: Template): readonly Behavior[] {
  return distribution(template).CacheBehaviors.filter(({ TargetOriginId }) => TargetOriginId === 'media');
}

/** Returns the origin request policy of a behaviour of the media as it is in the template. */
export function requestPolicy(template: Template, { OriginRequestPolicyId: policy }: Behavior): unknown {
  const { Ref: id = '' } = Object(policy) as { readonly Ref?: string };
  return template.Resources[id]?.Properties['OriginRequestPolicyConfig'];
}

/** Returns the environment of the function whose id begins as given. */
export function environment(template: Template, id: string): Readonly<Record<string, unknown>> {
  const found = resources(template, 'AWS::Lambda::Function').find((each) => each.id.startsWith(id));
  const { Variables } = (found?.Properties['Environment'] ?? {}) as { readonly Variables?: Record<string, unknown> };
  if (Variables === undefined) throw new Error(`${id} is no function with an environment`);
  return Variables;
}

/** Returns the code of the gate, with a word of 32 letters for each id that only AWS knows. */
export function gateOf(template: Template): string {
  return textOf(only(template, 'AWS::CloudFront::Function').Properties['FunctionCode']);
}

/** Returns a text of a template with 32 letters in place of each reference. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join } = Object(value) as { readonly 'Fn::Join'?: readonly [string, readonly unknown[]] };
  return join === undefined ? 'x'.repeat(32) : join[1].map(textOf).join(join[0]);
}

/** Returns the settings of the gate. */
export function gateSettings(template: Template) {
  const [, json = ''] = gateOf(template).split('const GATE=');
  const { channels, countries } = JSON.parse(json.replace(/;\n$/, '')) as {
    readonly channels: readonly {
      readonly channel: string;
      readonly isPublic: boolean;
      readonly paths: readonly string[];
    }[];
    readonly countries: readonly string[];
  };
  const folders = channels.flatMap(({ paths, ...owner }) => paths.map((path) => ({ path, ...owner })));
  return { folders, countries };
}
