import type { Evaluation, PseudoParameters, Template, Value, World } from 'small-cloud';

const REGION = 'us-east-1';
const ACCOUNT = '111122223333';

/** Sample values of the pseudo parameters. */
export const SAMPLE_STACK: PseudoParameters = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/live/00000000-0000-0000-0000-000000000000`,
  'AWS::StackName': 'live',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** Sample of a deployed resource: its `Ref`, and the attributes that are not derived from it. */
interface Sample {
  readonly ref: string;
  readonly attributes?: Readonly<Record<string, Value>>;
}

/** A resource of the template; `own` reads one of its properties. */
interface Declared {
  readonly id: string;
  readonly own: (property: string) => string;
}

const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

const mediaLive =
  (kind: string) =>
  ({ id }: Declared): Sample => ({
    ref: numberOf(id),
    attributes: { Arn: arn('medialive', `${kind}:${numberOf(id)}`) },
  });

/** Makes the `Ref` of MediaPackage v2, which is an ARN made of names. */
const mediaPackage =
  (...parts: readonly (readonly [string, string])[]) =>
  ({ own }: Declared): Sample => {
    const ref = arn('mediapackagev2', parts.map(([kind, property]) => `${kind}/${own(property)}`).join('/'));
    return { ref, attributes: { Arn: ref } };
  };

const group = ['channelGroup', 'ChannelGroupName'] as const;
const channel = ['channel', 'ChannelName'] as const;
const endpoint = ['originEndpoint', 'OriginEndpointName'] as const;

/** Samples that need the form of a service to be accepted by it, by resource type. */
const SAMPLES: Readonly<Record<string, (resource: Declared) => Sample>> = {
  'AWS::MediaLive::Channel': mediaLive('channel'),
  'AWS::MediaLive::Input': mediaLive('input'),
  'AWS::MediaLive::InputSecurityGroup': mediaLive('inputSecurityGroup'),
  'AWS::MediaPackage::Channel': ({ own }) => ({
    ref: own('Id'),
    attributes: { Arn: arn('mediapackage', 'channels/0123456789abcdef0123456789abcdef') },
  }),
  'AWS::MediaPackage::OriginEndpoint': ({ id }) => ({
    ref: id,
    attributes: { Url: `https://sample.mediapackage.${REGION}.amazonaws.com/out/v1/${id}/index.m3u8` },
  }),
  'AWS::MediaPackageV2::ChannelGroup': mediaPackage(group),
  'AWS::MediaPackageV2::Channel': (resource) => {
    const { ref, attributes } = mediaPackage(group, channel)(resource);
    const ingest = (number: number) =>
      `https://sample-${number}.ingest.sample.mediapackagev2.${REGION}.amazonaws.com/in/v1/${resource.own('ChannelGroupName')}/${number}/${resource.own('ChannelName')}/`;
    return { ref, attributes: { ...attributes, IngestEndpointUrls: [ingest(1), ingest(2)] } };
  },
  'AWS::MediaPackageV2::OriginEndpoint': mediaPackage(group, channel, endpoint),
  'AWS::MediaStore::Container': ({ own }) => ({
    ref: own('ContainerName'),
    attributes: { Endpoint: `https://sample.data.mediastore.${REGION}.amazonaws.com` },
  }),
  'AWS::MediaTailor::PlaybackConfiguration': ({ own }) => {
    const below = (face: string) =>
      `https://sample.mediatailor.${REGION}.amazonaws.com/v1/${face}/sample/${own('Name')}/`;
    return {
      ref: own('Name'),
      attributes: {
        'HlsConfiguration.ManifestEndpointPrefix': below('master'),
        'DashConfiguration.ManifestEndpointPrefix': below('dash'),
      },
    };
  },
  'AWS::IAM::Role': ({ id }) => ({ ref: id, attributes: { Arn: `arn:aws:iam::${ACCOUNT}:role/${id}` } }),
  'AWS::S3::Bucket': ({ id }) => ({
    ref: id.toLowerCase(),
    attributes: { Arn: `arn:aws:s3:::${id.toLowerCase()}` },
  }),
  'AWS::KinesisFirehose::DeliveryStream': ({ id }) => ({
    ref: id,
    attributes: { Arn: arn('firehose', `deliverystream/${id}`) },
  }),
  'AWS::SecretsManager::Secret': ({ id }) => ({ ref: arn('secretsmanager', `secret:${id}-a1B2c3`) }),
  'AWS::SNS::Topic': ({ id }) => ({ ref: arn('sns', id) }),
  'AWS::CloudFront::Function': ({ id }) => ({
    ref: `arn:aws:cloudfront::${ACCOUNT}:function/${id}`,
    attributes: { FunctionARN: `arn:aws:cloudfront::${ACCOUNT}:function/${id}` },
  }),
  'AWS::CloudFront::KeyValueStore': ({ id }) => ({
    ref: id,
    attributes: { Arn: `arn:aws:cloudfront::${ACCOUNT}:key-value-store/${id}` },
  }),
  'AWS::Lambda::Url': ({ id }) => ({
    ref: arn('lambda', `function:${id}`),
    attributes: {
      FunctionArn: arn('lambda', `function:${id}`),
      FunctionUrl: `https://${id.toLowerCase()}.lambda-url.${REGION}.on.aws/`,
    },
  }),
  'AWS::Lambda::Function': ({ id }) => ({ ref: id, attributes: { Arn: arn('lambda', `function:${id}`) } }),
  'AWS::Logs::LogGroup': ({ id }) => ({ ref: id, attributes: { Arn: arn('logs', `log-group:${id}:*`) } }),
  'AWS::CloudFront::Distribution': () => ({ ref: 'EDFDVBD6EXAMPLE' }),
  // The password of a launch template. Its name begins with a slash, as the ARN of a parameter needs it.
  'Custom::SecureParameter': ({ own }) => ({ ref: own('Name') }),
};

/** Makes sample values that say what they stand for, in the form that AWS gives them. */
export function sampleWorld({ resources }: Template, evaluation: Evaluation): World {
  const sample = (id: string): Sample => {
    const resource = resources[id];
    const at = `Resources.${id}.Properties`;
    const own = (property: string) =>
      String(evaluation.resolve(resource?.properties[property] ?? id, `${at}.${property}`, world) ?? id);
    return SAMPLES[resource?.type ?? '']?.({ id, own }) ?? { ref: id.toLowerCase() };
  };
  const world: World = {
    ref: (id): Value => sample(id).ref,
    attribute: (id, name): Value => {
      const [, service = '', kind = ''] = (resources[id]?.type ?? '').toLowerCase().split('::');
      if (/arn$/i.test(name)) return sample(id).attributes?.[name] ?? arn(service, `${kind}/${id}`);
      return sample(id).attributes?.[name] ?? `${id}-${name}`.toLowerCase().replaceAll('.', '-');
    },
  };
  return world;
}

/** Makes a MediaLive id, seven digits in a string that depend only on the logical id. */
function numberOf(id: string): string {
  const sum = [...id].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 9_000_000, 7);
  return String(1_000_000 + sum);
}
