import type { Json, JsonObject } from './json';

const is = (parameter: string, ...values: string[]): Json =>
  values.length === 1
    ? { 'Fn::Equals': [{ Ref: parameter }, values[0] ?? ''] }
    : { 'Fn::Contains': [values, { Ref: parameter }] };
const not = (condition: Json): Json => ({ 'Fn::Not': [condition] });
const given = (parameter: string): Json => not(is(parameter, ''));
const any = (...conditions: Json[]): Json => ({ 'Fn::Or': conditions });
const all = (...conditions: Json[]): Json => ({ 'Fn::And': conditions });

const TWO = is('Redundancy', 'two-pipelines');
const PUSH = ['RTMP_PUSH', 'RTP_PUSH', 'SRT_LISTENER'];
const FILE = ['MP4_FILE', 'TS_FILE'];
const CIDRS = ['AllowedCidr', 'AllowedCidr2', 'AllowedCidr3', 'AllowedCidr4'];
/** Parameters of the second pipeline's source. */
const SECOND_SOURCES = ['RtmpUrl2', 'HttpUrl2', 'BucketUrl2', 'SrtAddress2', 'SrtPort2', 'FlowArn2', 'DeviceId2'];

function rule(when: Json | undefined, assert: Json, sentence: string): JsonObject {
  const assertions = { Assertions: [{ Assert: assert, AssertDescription: sentence }] };
  return when === undefined ? assertions : { RuleCondition: when, ...assertions };
}

/** Rules between parameters, which CloudFormation checks before it creates anything. */
export const RULES: JsonObject = {
  WhoMayPublish: rule(
    is('InputType', ...PUSH),
    any(...CIDRS.map(given)),
    'An input that your encoder sends to needs an allowed address range: name the address of your encoder, such as 203.0.113.7/32.',
  ),
  AnywhereIsMeant: rule(
    all(is('InputType', ...PUSH), any(...CIDRS.map((parameter) => is(parameter, '0.0.0.0/0')))),
    is('AllowAnywhere', 'yes'),
    '0.0.0.0/0 lets the whole internet publish; name the address of your encoder, or confirm it with AllowAnywhere = yes.',
  ),
  RtpNeedsTwoPipelines: rule(
    is('InputType', 'RTP_PUSH'),
    TWO,
    'MediaLive creates an RTP_PUSH input with two endpoints; choose Redundancy = two-pipelines.',
  ),
  ListenerNeedsPassphrase: rule(
    is('InputType', 'SRT_LISTENER'),
    given('SrtPassphrase'),
    'MediaLive accepts no SRT listener without encryption; give SrtPassphrase.',
  ),
  CallerNeedsListener: rule(
    is('InputType', 'SRT_CALLER'),
    all(given('SrtAddress'), given('SrtPort')),
    'SRT_CALLER needs the address and the port of the listener; give SrtAddress and SrtPort.',
  ),
  RtmpPullNeedsUrl: rule(is('InputType', 'RTMP_PULL'), given('RtmpUrl'), 'RTMP_PULL needs a source; give RtmpUrl.'),
  UrlPullNeedsUrl: rule(is('InputType', 'URL_PULL'), given('HttpUrl'), 'URL_PULL needs the playlist; give HttpUrl.'),
  FileNeedsOneUrl: rule(
    is('InputType', ...FILE),
    any(all(given('HttpUrl'), is('BucketUrl', '')), all(given('BucketUrl'), is('HttpUrl', ''))),
    'A file is on a web server or in a bucket; give either HttpUrl or BucketUrl.',
  ),
  BucketTakesNoUser: rule(
    all(is('InputType', ...FILE), given('BucketUrl')),
    is('SourceUser', ''),
    'A bucket needs no user name; leave SourceUser and SourcePassword empty.',
  ),
  UserAndPassword: rule(
    undefined,
    any(all(given('SourceUser'), given('SourcePassword')), all(is('SourceUser', ''), is('SourcePassword', ''))),
    'A user name and a password belong together; give both SourceUser and SourcePassword, or neither.',
  ),
  FlowForEachPipeline: rule(
    is('InputType', 'MEDIACONNECT'),
    all(given('FlowArn'), any(not(TWO), given('FlowArn2')), not(equal('FlowArn', 'FlowArn2'))),
    'MEDIACONNECT needs a different flow for each pipeline; give FlowArn, and FlowArn2 with two-pipelines.',
  ),
  DeviceForEachPipeline: rule(
    is('InputType', 'INPUT_DEVICE'),
    all(given('DeviceId'), any(not(TWO), given('DeviceId2')), not(equal('DeviceId', 'DeviceId2'))),
    'INPUT_DEVICE needs a different device for each pipeline; give DeviceId, and DeviceId2 with two-pipelines.',
  ),
  SecondNeedsTwoPipelines: rule(
    any(...SECOND_SOURCES.map(given)),
    TWO,
    `A second source is for the second pipeline; choose Redundancy = two-pipelines, or leave ${SECOND_SOURCES.join(', ')} empty.`,
  ),
};

function equal(one: string, other: string): Json {
  return { 'Fn::Equals': [{ Ref: one }, { Ref: other }] };
}
