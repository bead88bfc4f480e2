import { describe, expect, test } from '@jest/globals';
import { evaluate, isList, isObject, readTemplate, type Value } from 'small-cloud';
import { gateCode } from '../../bin/build/gate';
import { SAMPLE_STACK, sampleWorld } from '../../bin/requests/samples';
import type { LiveStreamInput } from '../../lib/channel/live-stream';
import { requestVerdict } from '../house/judges/verdicts';
import { GATE_STUB as STUB, synth, type Template } from './synth';

const LONGEST = 'a'.repeat(128);
/** The longest name of a channel. */
const CHANNEL = 'main'.padEnd(32, 'x');

/**
 * Longest texts of the properties that hold the name of a stack, by type and key, or by type and property where all texts
 * below it share a limit. A text that is not here fails: look its limit up.
 *
 * @see the pages of these types in CloudFormation's template reference, and of the operations that create them
 */
const LIMITS: Readonly<Record<string, number>> = {
  'AWS::Athena::WorkGroup Description': 1024,
  'AWS::CloudFront::CachePolicy Comment': 128,
  'AWS::CloudFront::Distribution Comment': 128,
  'AWS::CloudFront::Function Comment': 128,
  'AWS::CloudFront::Function FunctionCode': 10_240,
  'AWS::CloudFront::KeyValueStore Comment': 128,
  'AWS::CloudFront::OriginAccessControl Description': 256,
  'AWS::CloudFront::OriginRequestPolicy Comment': 128,
  'AWS::CloudFront::ResponseHeadersPolicy Comment': 128,
  'AWS::CloudWatch::Alarm Dimensions': 1024,
  'AWS::CloudWatch::Alarm Metrics': 1024,
  // AWS says no length of a body; a dashboard has 500 metrics.
  'AWS::CloudWatch::Dashboard DashboardBody': Number.POSITIVE_INFINITY,
  'AWS::CloudWatch::Dashboard DashboardName': 255,
  'AWS::Cognito::UserPool UserPoolName': 128,
  'AWS::Events::Rule EventPattern': 4096,
  'AWS::Glue::Database Description': 2048,
  'AWS::IAM::Role Description': 1000,
  'AWS::IAM::Role Policies': 10_240,
  'AWS::Lambda::Function Environment': 4096,
  'AWS::Lambda::Permission SourceArn': 1024,
  'AWS::Logs::LogGroup LogGroupName': 512,
  'AWS::Logs::ResourcePolicy PolicyName': 255,
  'AWS::MediaLive::Channel Destinations': 256,
  'AWS::MediaLive::Channel Name': 255,
  'AWS::MediaLive::Channel Tags': 256,
  'AWS::MediaLive::Input Name': 255,
  'AWS::MediaPackage::Channel Description': 256,
  'AWS::MediaPackage::Channel Id': 256,
  'AWS::MediaPackage::OriginEndpoint ChannelId': 256,
  'AWS::MediaPackage::OriginEndpoint Id': 256,
  'AWS::MediaPackageV2::Channel ChannelGroupName': 256,
  'AWS::MediaPackageV2::ChannelGroup ChannelGroupName': 256,
  'AWS::MediaPackageV2::ChannelGroup Description': 1024,
  'AWS::MediaPackageV2::OriginEndpoint ChannelGroupName': 256,
  'AWS::MediaPackageV2::OriginEndpointPolicy ChannelGroupName': 256,
  'AWS::MediaPackageV2::OriginEndpointPolicy Policy': 6144,
  'AWS::MediaStore::Container ContainerName': 255,
  'AWS::MediaStore::Container Policy': 8192,
  'AWS::SecretsManager::Secret Description': 2048,
};

type Channel = LiveStreamInput['channels'][number];

/** A description with a channel of the longest name. */
function described(stack: Partial<LiveStreamInput>, channel: Partial<Channel> = {}): Partial<LiveStreamInput> {
  const channels = [{ name: CHANNEL, input: { kind: 'test-clip' as const }, ...channel }];
  return { notices: { emails: ['a@example.com'] }, analytics: true, operations: { probe: true }, ...stack, channels };
}

const RECORDED: Partial<Channel> = { rewind: 15, recording: true, chat: true };
const MARKED: Partial<Channel> = { ...RECORDED, adMarkers: { manifests: 'daterange' } };

/** Descriptions that have each capability with each origin that has it. */
const DESCRIBED: Readonly<Record<string, Partial<LiveStreamInput>>> = {
  'MediaPackage, signing in, ads and polls': described(
    { access: { signIn: 'cognito' }, ads: true },
    { ...MARKED, timedMetadata: true, polls: true, latency: 'low' },
  ),
  'MediaPackage and MediaTailor': described({ ads: { service: 'mediatailor' } }, MARKED),
  'MediaPackage and ads of native players': described({ ads: { nativePlayers: true } }, MARKED),
  'MediaPackage v1 and signing in': described({ origin: 'media-package-v1', access: { signIn: 'cognito' } }, RECORDED),
  'a bucket and signing in': described({ origin: 's3', access: { signIn: 'cognito' } }, RECORDED),
  'MediaStore and links': described(
    { origin: { kind: 'media-store', acknowledgeDiscontinued: true }, access: {} },
    { chat: true },
  ),
};

describe('the longest name of a stack', () => {
  test.each(Object.entries(DESCRIBED))('fits every text with %s', (name, description) => {
    const template = deployed(synth(description));
    const texts = textsOf(template);
    expect(texts.length).toBeGreaterThan(15);
    const tooLong = texts.flatMap(([key, property, { length }]) => {
      const limit = LIMITS[key] ?? LIMITS[property];
      return limit === undefined || length > limit ? [`${key} of ${property}: ${length} characters, of ${limit}`] : [];
    });
    expect(tooLong).toEqual([]);
    expect(requestVerdict([[name, template]], 'the longest name of a stack')).toEqual([]);
  });
});

/** The same description with ten channels, whose names are as long. */
function ofTen({ channels = [], ...rest }: Partial<LiveStreamInput>): Partial<LiveStreamInput> {
  const [first] = channels;
  if (first === undefined) throw new Error('The description has no channel');
  const names = Array.from({ length: 10 }, (_, index) => `${CHANNEL.slice(0, -2)}-${index}`);
  return { ...rest, channels: names.map((name) => ({ ...first, name })) };
}

/** A function, its size in bytes, and what AWS takes. */
interface Sized {
  readonly id: string;
  readonly size: number;
  readonly most: number;
}

describe('ten channels with the longest names', () => {
  test.each(Object.entries(DESCRIBED))('fit into the functions with %s', (_, description) => {
    const gate = gateCode();
    const template = readTemplate(deployed(synth(ofTen(description))));
    const evaluation = evaluate(template, {}, SAMPLE_STACK);
    const world = sampleWorld(template, evaluation);
    const sizes = Object.entries(template.resources).flatMap(([id, { type, properties }]): readonly Sized[] => {
      const read = (name: string) => evaluation.resolve(properties[name] ?? '', `${id}.${name}`, world) ?? '';
      if (type === 'AWS::CloudFront::Function') {
        const own = String(read('FunctionCode'));
        const size = Buffer.byteLength(own.startsWith(STUB) ? own.replace(STUB, () => gate) : own);
        return [{ id, size, most: 10_240 }];
      }
      if (type !== 'AWS::Lambda::Function') return [];
      const { Variables = {} } = Object(read('Environment')) as { readonly Variables?: Record<string, string> };
      // Lambda measures the variables as JSON.
      return [{ id, size: Buffer.byteLength(JSON.stringify(Variables)), most: 4096 }];
    });
    expect(sizes.length).toBeGreaterThan(3);
    expect(sizes.filter(({ size, most }) => size > most)).toEqual([]);
  });
});

/** The template as it is deployed under the longest name. */
function deployed(template: Template): Template {
  const text = JSON.stringify(template)
    .replaceAll('{"Ref":"AWS::StackName"}', JSON.stringify(LONGEST))
    .replaceAll('{"Ref":"AWS::StackId"}', JSON.stringify(SAMPLE_STACK['AWS::StackId']?.replace('live', LONGEST)))
    .replaceAll('{"Ref":"AWS::Region"}', JSON.stringify('ap-northeast-1'));
  return JSON.parse(text) as Template;
}

/** A text of a template: its type and key, its type and property, and the text. */
type Named = readonly [key: string, property: string, text: string];

/** Lists the texts that hold the name of the stack. Custom resources are of this project alone. */
function textsOf(json: Template): readonly Named[] {
  const template = readTemplate(json);
  const evaluation = evaluate(template, {}, SAMPLE_STACK);
  const world = sampleWorld(template, evaluation);
  const own = Object.entries(template.resources).filter(([, { type }]) => !type.startsWith('Custom::'));
  return own.flatMap(([id, { type, properties }]) =>
    Object.entries(properties).flatMap(([property, value]) =>
      below(evaluation.resolve(value, `${id}.${property}`, world), property)
        .filter(([, text]) => text.includes(LONGEST))
        .map(([key, text]): Named => [`${type} ${key}`, `${type} ${property}`, text]),
    ),
  );
}

/** Every text in a value, by its key. */
function below(value: Value | undefined, key: string): readonly (readonly [key: string, text: string])[] {
  if (typeof value === 'string') return [[key, value]];
  if (isList(value)) return value.flatMap((member) => below(member, key));
  return isObject(value) ? Object.entries(value).flatMap(([name, member]) => below(member, name)) : [];
}
