import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import type { CfnOriginEndpoint as V1Endpoint } from 'aws-cdk-lib/aws-mediapackage';
import type { CfnOriginEndpoint } from 'aws-cdk-lib/aws-mediapackagev2';
import type { AdMarkers } from '../../channel/ad-markers';

/** The messages that mark an ad break, unlike the beginning of a programme or a chapter. */
const BREAKS = [
  'SPLICE_INSERT',
  'BREAK',
  'PROVIDER_ADVERTISEMENT',
  'DISTRIBUTOR_ADVERTISEMENT',
  'PROVIDER_PLACEMENT_OPPORTUNITY',
  'DISTRIBUTOR_PLACEMENT_OPPORTUNITY',
];

const MANIFESTS = {
  'scte35-enhanced': 'SCTE35_ENHANCED',
  daterange: 'DATERANGE',
} as const satisfies Record<Exclude<AdMarkers, 'none'>['manifests'], string>;

/** Returns the settings that send the messages to MediaPackage v2 as a track of their own. */
export function packagerMarkers(
  markers: AdMarkers,
): Pick<CfnChannel.MediaPackageV2GroupSettingsProperty, 'scte35Type'> {
  return markers === 'none' ? {} : { scte35Type: 'SCTE_35_WITHOUT_SEGMENTATION' };
}

/** Returns the settings of MediaPackage v2 for the messages in segments, HLS playlists and MPDs. */
export function endpointMarkers(markers: AdMarkers): {
  readonly segment: Pick<CfnOriginEndpoint.SegmentProperty, 'scte'>;
  readonly hls: Pick<CfnOriginEndpoint.HlsManifestConfigurationProperty, 'scteHls'>;
  readonly dash: Pick<CfnOriginEndpoint.DashManifestConfigurationProperty, 'scteDash' | 'periodTriggers'>;
} {
  if (markers === 'none') return { segment: {}, hls: {}, dash: {} };
  return {
    segment: { scte: { scteFilter: BREAKS } },
    hls: { scteHls: { adMarkerHls: MANIFESTS[markers.manifests] } },
    // The page and MediaTailor find a break by its event, at its time. Sources differ in the periods of an empty list.
    dash: { scteDash: { adMarkerDash: 'BINARY' }, periodTriggers: ['NONE'] },
  };
}

type Triggers = Pick<V1Endpoint.DashPackageProperty, 'adTriggers' | 'adsOnDeliveryRestrictions'>;

/** Parts of the packages of MediaPackage v1 that concern ad breaks. */
export interface V1Markers {
  readonly hls: Pick<V1Endpoint.HlsPackageProperty, 'adMarkers'> & Triggers;
  readonly dash: Triggers;
}

/** Returns the settings of MediaPackage v1 for the messages, which MediaLive always passes on to it. */
export function v1Markers(markers: AdMarkers): V1Markers {
  if (markers === 'none') return { hls: { adMarkers: 'PASSTHROUGH' }, dash: {} };
  const triggers = { adTriggers: BREAKS, adsOnDeliveryRestrictions: 'BOTH' };
  return { hls: { adMarkers: MANIFESTS[markers.manifests], ...triggers }, dash: triggers };
}

/** Returns MediaLive's own settings for stored HLS: segments keep the messages, and playlists mark the breaks. */
export function storedMarkers(markers: AdMarkers): {
  readonly group: Pick<CfnChannel.HlsGroupSettingsProperty, 'adMarkers'>;
  readonly segments: Required<Pick<CfnChannel.M3u8SettingsProperty, 'scte35Behavior'>>;
} {
  return markers === 'none'
    ? { group: {}, segments: { scte35Behavior: 'NO_PASSTHROUGH' } }
    : { group: { adMarkers: ['ELEMENTAL_SCTE35'] }, segments: { scte35Behavior: 'PASSTHROUGH' } };
}
