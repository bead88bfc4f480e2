import type { Declared } from '../../kit/declared';
import type { DashManifest, Endpoint, HlsManifest } from '../model/endpoint';

/** Protection of an endpoint: only requests with the secret may read it. */
export interface CdnAuthorization {
  readonly secretArn: string;
  readonly roleArn: string;
}

/** An origin endpoint of MediaPackage v1. */
export interface V1Endpoint {
  readonly id: string;
  readonly channelId: string;
  /** Settings of the packager; undefined for Microsoft Smooth Streaming, which the local run does not serve. */
  readonly packaged: Endpoint | undefined;
  /** Last part of its URL; empty for CMAF, because each of its manifests has a URL. */
  readonly file: string;
  readonly authorization: CdnAuthorization | undefined;
}

/**
 * Reads an AWS::MediaPackage::OriginEndpoint.
 *
 * @throws UnsupportedError with the name of a property that is not modelled: encryption, stream selection …
 * @see https://docs.aws.amazon.com/mediapackage/latest/apireference/origin_endpoints.html
 */
export function v1Endpoint(properties: Declared, arn: string): V1Endpoint {
  properties.withoutEffect('Description', 'Tags');
  const startOverSeconds = properties.whole('StartoverWindowSeconds', 0, 1_209_600, 0);
  properties.oneOf('Origination', ['ALLOW'], 'ALLOW');
  const name = properties.maybeText('ManifestName') ?? 'index';
  const authorization = properties.maybePart('Authorization');
  const { packaged, file } = packaging(properties, arn, name);
  const endpoint: V1Endpoint = {
    id: properties.text('Id'),
    channelId: properties.text('ChannelId'),
    packaged: packaged && { ...packaged, startOverSeconds },
    file,
    authorization: authorization && {
      secretArn: authorization.text('CdnIdentifierSecret'),
      roleArn: authorization.text('SecretsRoleArn'),
    },
  };
  properties.end();
  return endpoint;
}

function packaging(properties: Declared, arn: string, name: string): Pick<V1Endpoint, 'packaged' | 'file'> {
  const endpoint = (of: Declared, container: Endpoint['container'], manifests: Partial<Endpoint>): Endpoint => ({
    arn,
    container,
    segmentSeconds: of.whole('SegmentDurationSeconds', 1, 30, 6),
    audioApart: container === 'CMAF',
    segmentName: 'segment',
    hlsManifests: [],
    dashManifests: [],
    ...manifests,
  });
  const [hls, dash, cmaf] = [
    properties.maybePart('HlsPackage'),
    properties.maybePart('DashPackage'),
    properties.maybePart('CmafPackage'),
  ];
  if (hls) {
    const audioApart = hls.flag('UseAudioRenditionGroup');
    const manifests = { audioApart, hlsManifests: [hlsManifest(hls, name)] };
    return { packaged: endpoint(hls, 'TS', manifests), file: `${name}.m3u8` };
  }
  if (dash) {
    return { packaged: endpoint(dash, 'CMAF', { dashManifests: [dashManifest(dash, name)] }), file: `${name}.mpd` };
  }
  if (cmaf) {
    const hlsManifests = cmaf.list('HlsManifests').map((manifest) => {
      manifest.withoutEffect('Id');
      return hlsManifest(manifest, manifest.maybeText('ManifestName') ?? name);
    });
    return { packaged: endpoint(cmaf, 'CMAF', { hlsManifests }), file: '' };
  }
  properties.part('MssPackage').withoutEffect('ManifestWindowSeconds', 'SegmentDurationSeconds');
  return { packaged: undefined, file: `${name}.ism/Manifest` };
}

function hlsManifest(properties: Declared, name: string): HlsManifest {
  // The local run inserts no ads, so there is nothing to mark.
  properties.withoutEffect('AdMarkers', 'AdTriggers', 'AdsOnDeliveryRestrictions').onlyEmpty('IncludeIframeOnlyStream');
  properties.oneOf('PlaylistType', ['NONE'], 'NONE');
  return {
    name,
    childName: name,
    windowSeconds: properties.whole('PlaylistWindowSeconds', 1, 1_209_600, 60),
    programDateTimeSeconds: properties.whole('ProgramDateTimeIntervalSeconds', 0, 1_209_600, 0),
    lowLatency: false,
  };
}

function dashManifest(properties: Declared, name: string): DashManifest {
  properties.withoutEffect('AdTriggers', 'AdsOnDeliveryRestrictions');
  properties.oneOf('ManifestLayout', ['FULL'], 'FULL');
  properties.oneOf('Profile', ['NONE'], 'NONE');
  properties.oneOf('SegmentTemplateFormat', ['NUMBER_WITH_TIMELINE'], 'NUMBER_WITH_TIMELINE');
  properties.oneOf('UtcTiming', ['NONE'], 'NONE');
  return {
    name,
    windowSeconds: properties.whole('ManifestWindowSeconds', 1, 1_209_600, 60),
    minUpdatePeriodSeconds: properties.whole('MinUpdatePeriodSeconds', 1, 3600, 15),
    minBufferTimeSeconds: properties.whole('MinBufferTimeSeconds', 0, 3600, 30),
    suggestedPresentationDelaySeconds: properties.whole('SuggestedPresentationDelaySeconds', 1, 3600, 25),
    utcTiming: undefined,
  };
}
