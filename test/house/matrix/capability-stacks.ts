import type { LiveStreamInput } from '../../../lib/channel/live-stream';
import { only, resources, type Synthesis, synthesize, type Template } from '../../stream/synth';
import { ACCESS } from './expected-access';
import { referenceComplaints } from './references';

type Channel = LiveStreamInput['channels'][number];
type Origin = NonNullable<LiveStreamInput['origin']>;

/** A capability of a whole stack: its options, and what a template has with it and only with it. */
interface Capability {
  readonly stack?: Partial<LiveStreamInput>;
  readonly channel?: Partial<Channel>;
  /** Options with which it is left out, where it is on by default. */
  readonly without?: Partial<LiveStreamInput>;
  /** Origins that have it. @default all */
  readonly origins?: readonly Origin[];
  readonly types: readonly string[];
  /** Paths of the distribution. */
  readonly paths: readonly string[];
}

const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012';

/** The capabilities, by the option of the description that asks for each. */
const CAPABILITIES: Readonly<Record<string, Capability>> = {
  analytics: {
    stack: { analytics: true },
    types: ['AWS::KinesisFirehose::DeliveryStream', 'AWS::Athena::WorkGroup', 'AWS::Glue::Database'],
    paths: ['/beacon'],
  },
  recording: {
    channel: { rewind: 15, recording: true },
    types: ['Custom::Recordings'],
    paths: ['/vod/*'],
  },
  ads: {
    stack: { ads: { skipAfterSeconds: 5 } },
    channel: { adMarkers: { manifests: 'daterange' } },
    origins: ['media-package'],
    types: [],
    paths: ['/ads/break', '/ads/beacon'],
  },
  operations: {
    stack: { operations: { probe: true } },
    without: { operations: false },
    types: ['AWS::CloudWatch::Dashboard'],
    paths: [],
  },
  edge: {
    stack: {
      edge: {
        domain: { name: 'live.example.com', certificateArn: CERTIFICATE },
        countries: ['DE', 'FR'],
        webAclArn: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/live/12345678-1234-1234-1234-123456789012',
      },
    },
    types: [],
    paths: [],
  },
  access: {
    stack: { access: ACCESS['cognito']?.described },
    types: ['AWS::CloudFront::KeyValueStore', 'AWS::Cognito::UserPool'],
    paths: ['/api/*'],
  },
};

const NAMES = Object.keys(CAPABILITIES);
const ORIGINS: readonly Origin[] = ['media-package', 'media-package-v1', 's3'];

/** A stack with some capabilities. */
export interface CapabilityStack extends Synthesis {
  readonly origin: string;
  readonly has: readonly string[];
}

/**
 * Synthesizes, for each origin, a stack with all capabilities, one without them, and those in which one is left out, so that
 * each pair is together, apart and absent in some of them. With cdk-nag and CDK's own validation.
 */
export function capabilityStacks(): readonly CapabilityStack[] {
  return ORIGINS.flatMap((origin) => {
    const possible = NAMES.filter((name) => CAPABILITIES[name]?.origins?.includes(origin) ?? true);
    const choices = [possible, [], ...possible.map((absent) => possible.filter((name) => name !== absent))];
    return choices.map((has) => ({ origin: String(origin), has, ...synthesize(described(origin, has)) }));
  });
}

function described(origin: Origin, has: readonly string[]): Partial<LiveStreamInput> {
  const channel: Channel = { name: 'main', input: { kind: 'test-clip' } };
  const stack: Partial<LiveStreamInput> = {};
  for (const [name, capability] of Object.entries(CAPABILITIES)) {
    Object.assign(channel, has.includes(name) ? capability.channel : {});
    Object.assign(stack, has.includes(name) ? capability.stack : capability.without);
  }
  return { origin, ...stack, channels: [channel] };
}

/** Lists what is missing, to spare, or refers to nothing in a stack. */
export function capabilityComplaints({ origin, has, template }: CapabilityStack): readonly string[] {
  const present = pathsOf(template);
  return [
    ...Object.entries(CAPABILITIES).flatMap(([name, { types, paths }]) => [
      ...types.flatMap((type) => differing(name, has, type, resources(template, type).length > 0)),
      ...paths.flatMap((path) => differing(name, has, path, present.includes(path))),
    ]),
    ...present.filter((path, index) => present.indexOf(path) !== index).map((path) => `${path} is there twice`),
    ...referenceComplaints(template),
  ].map((complaint) => `${origin} with ${has.join(', ') || 'nothing'}: ${complaint}`);
}

function differing(name: string, has: readonly string[], what: string, isThere: boolean): readonly string[] {
  if (has.includes(name) === isThere) return [];
  return [isThere ? `${what} is there without ${name}` : `${what} of ${name} is missing`];
}

function pathsOf(template: Template): readonly string[] {
  const { DistributionConfig } = only(template, 'AWS::CloudFront::Distribution').Properties as {
    readonly DistributionConfig: { readonly CacheBehaviors: readonly { readonly PathPattern: string }[] };
  };
  return DistributionConfig.CacheBehaviors.map(({ PathPattern }) => PathPattern);
}
