import { resources, type Template } from '../../stream/synth';

interface Endpoint {
  readonly ChannelName: string;
  readonly OriginEndpointName: string;
  readonly HlsManifests?: readonly { readonly ManifestName: string }[];
  readonly LowLatencyHlsManifests?: readonly { readonly ManifestName: string }[];
  readonly DashManifests?: readonly { readonly ManifestName: string }[];
}

interface Destination {
  readonly Settings?: readonly { readonly Url: unknown }[];
}

/** A text of the template: the stack's name is STACK, other references are their logical ids in angle brackets. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[key, argument] = ['', undefined]] = Object.entries(value as Record<string, unknown>);
  if (key === 'Ref') return argument === 'AWS::StackName' ? 'STACK' : `<${argument}>`;
  if (key === 'Fn::GetAtt') return `<${(argument as string[]).join('.')}>`;
  if (key === 'Fn::Join') return (argument as [string, unknown[]])[1].map(textOf).join('');
  throw new Error(`${key} is not a text that the matrix can read: teach it to textOf in ${__filename}.`);
}

/** Every path of a manifest that viewers can ask for, as the packager or the bucket of the template serves it. */
export function servedPaths(template: Template): readonly string[] {
  return [...packaged(template), ...stored(template)].sort();
}

/** @see https://docs.aws.amazon.com/mediapackage/latest/userguide/egress-domain.html */
function packaged(template: Template): readonly string[] {
  return resources(template, 'AWS::MediaPackageV2::OriginEndpoint').flatMap(({ Properties }) => {
    const endpoint = Properties as unknown as Endpoint;
    const folder = `/out/v1/STACK/${endpoint.ChannelName}/${endpoint.OriginEndpointName}`;
    const hls = [...(endpoint.HlsManifests ?? []), ...(endpoint.LowLatencyHlsManifests ?? [])];
    return [
      ...hls.map(({ ManifestName }) => `${folder}/${ManifestName}.m3u8`),
      ...(endpoint.DashManifests ?? []).map(({ ManifestName }) => `${folder}/${ManifestName}.mpd`),
    ];
  });
}

/** What pipeline 0 writes to a bucket of the template. */
function stored(template: Template): readonly string[] {
  return resources(template, 'AWS::MediaLive::Channel').flatMap(({ Properties }) =>
    (Properties['Destinations'] as readonly Destination[]).flatMap(({ Settings }) => {
      const match = /^s3ssl:\/\/<(\w+)>(\/.+)$/.exec(textOf(Settings?.[0]?.Url ?? ''));
      return match !== null && template.Resources[match[1] ?? '']?.Type === 'AWS::S3::Bucket'
        ? [`${match[2]}.m3u8`]
        : [];
    }),
  );
}
