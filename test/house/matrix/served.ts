import { resources, type Template } from '../../stream/synth';
import { textOf } from './texts';

interface Manifest {
  readonly ManifestName: string;
}

interface Endpoint {
  readonly ChannelName: string;
  readonly OriginEndpointName: string;
  readonly HlsManifests?: readonly Manifest[];
  readonly LowLatencyHlsManifests?: readonly Manifest[];
  readonly DashManifests?: readonly Manifest[];
  readonly MssManifests?: readonly Manifest[];
}

interface EndpointOfV1 {
  readonly ManifestName: string;
  readonly HlsPackage?: object;
  readonly DashPackage?: object;
  readonly MssPackage?: object;
  readonly CmafPackage?: { readonly HlsManifests: readonly (Manifest & { readonly Id: string })[] };
}

interface Destination {
  readonly Settings?: readonly { readonly Url: unknown }[];
}

/** Every path of a manifest that viewers can ask for, as the packager or the store of the template serves it. */
export function servedPaths(template: Template): readonly string[] {
  return [...packaged(template), ...packagedByV1(template), ...stored(template)].sort();
}

/** @see https://docs.aws.amazon.com/mediapackage/latest/userguide/egress-domain.html */
function packaged(template: Template): readonly string[] {
  return resources(template, 'AWS::MediaPackageV2::OriginEndpoint').flatMap(({ Properties }) => {
    const endpoint = Properties as unknown as Endpoint;
    const folder = `/out/v1/STACK/${endpoint.ChannelName}/${endpoint.OriginEndpointName}`;
    const files = (manifests: readonly Manifest[] = [], end: string) =>
      manifests.map(({ ManifestName }) => `${folder}/${ManifestName}${end}`);
    return [
      ...files(endpoint.HlsManifests, '.m3u8'),
      ...files(endpoint.LowLatencyHlsManifests, '.m3u8'),
      ...files(endpoint.DashManifests, '.mpd'),
      ...files(endpoint.MssManifests, '.ism/Manifest'),
    ];
  });
}

/**
 * The id in an endpoint's URL is the last part of its ARN.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/ug/endpoints.html
 */
function packagedByV1(template: Template): readonly string[] {
  return resources(template, 'AWS::MediaPackage::OriginEndpoint').flatMap(({ id, Properties }) => {
    const { ManifestName: name, ...endpoint } = Properties as unknown as EndpointOfV1;
    const folder = `/out/v1/<${id}.Arn/1>`;
    return [
      ...(endpoint.HlsPackage === undefined ? [] : [`${folder}/${name}.m3u8`]),
      ...(endpoint.DashPackage === undefined ? [] : [`${folder}/${name}.mpd`]),
      ...(endpoint.MssPackage === undefined ? [] : [`${folder}/${name}.ism/Manifest`]),
      ...(endpoint.CmafPackage?.HlsManifests ?? []).map((one) => `${folder}/${one.Id}/${one.ManifestName}.m3u8`),
    ];
  });
}

/** Lists the objects that pipeline 0 writes to a bucket or a container of the template. */
function stored(template: Template): readonly string[] {
  return resources(template, 'AWS::MediaLive::Channel').flatMap(({ Properties }) =>
    (Properties['Destinations'] as readonly Destination[]).flatMap(({ Settings }) => {
      const url = textOf(Settings?.[0]?.Url ?? '');
      const match = /^(?:s3ssl:\/\/<(\w+)>|mediastoressl:\/\/<(\w+)\.Endpoint\/2>)(\/.+)$/.exec(url);
      const type = template.Resources[match?.[1] ?? match?.[2] ?? '']?.Type ?? '';
      return /^AWS::(S3::Bucket|MediaStore::Container)$/.test(type) ? [`${match?.[3]}.m3u8`] : [];
    }),
  );
}
