import type { ResourceRequest } from '../../contract';
import { AwsError } from '../kit/aws-error';
import { PropertyReader } from '../kit/property-reader';

/**
 * Kind of an origin's MPDs: each break is a period, or an event of one.
 *
 * @see https://docs.aws.amazon.com/mediatailor/latest/ug/dash-ad-markers.html
 */
export type OriginPeriods = 'SINGLE_PERIOD' | 'MULTI_PERIOD';

/** An AWS::MediaTailor::PlaybackConfiguration as its template declares it. */
export interface PlaybackConfiguration {
  readonly name: string;
  /** Beginning of the addresses of the origin's manifests, without a slash at its end. */
  readonly contentUrl: string;
  /** Address of the ad server, with variables in square brackets. */
  readonly decisionUrl: string;
  /** True where a player may ask for a guided session. */
  readonly maySelect: boolean;
  /** Kind of the origin's MPDs. */
  readonly originPeriods: OriginPeriods;
  /** Beginning of the addresses of the ads, in place of MediaTailor's own host. */
  readonly adPrefix: string | undefined;
  /** Beginning of the addresses of the show's segments, in place of the origin. */
  readonly contentPrefix: string | undefined;
}

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;
/** Longest URLs. @see https://docs.aws.amazon.com/mediatailor/latest/apireference/API_PutPlaybackConfiguration.html */
const LONGEST = { content: 512, decision: 25_000 } as const;

/**
 * Reads the properties of an AWS::MediaTailor::PlaybackConfiguration. Bumpers, pre-rolls, suppression, aliases, logs and
 * custom requests to the ad server are refused.
 *
 * @throws AwsError BadRequestException.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-mediatailor-playbackconfiguration.html
 */
export function playbackConfiguration(request: ResourceRequest): PlaybackConfiguration {
  // A slate would fill the rest of a break in DASH; the show does, because nothing is encoded here.
  const declared = PropertyReader.of(request).withoutEffect('Tags', 'SlateAdUrl');
  const name = declared.text('Name');
  if (!NAME.test(name)) throw invalid(declared.at('Name'), name, '1 to 64 letters, digits, hyphens and _ are needed');
  const dash = declared.section('DashConfiguration');
  // An MPD has no Location in either case: players of this run stay at the address of their session.
  dash.oneOf('MpdLocation', ['DISABLED', 'EMT_DEFAULT'], 'EMT_DEFAULT');
  const originPeriods = dash.oneOf('OriginManifestType', ['SINGLE_PERIOD', 'MULTI_PERIOD'], 'MULTI_PERIOD');
  const conditioning = declared.section('AdConditioningConfiguration');
  conditioning.oneOf('StreamingMediaFileConditioning', ['TRANSCODE', 'NONE'], 'TRANSCODE');
  const cdn = declared.section('CdnConfiguration');
  const settings = {
    name,
    contentUrl: address(declared, 'VideoContentSourceUrl', LONGEST.content),
    decisionUrl: address(declared, 'AdDecisionServerUrl', LONGEST.decision),
    maySelect: declared.oneOf('InsertionMode', ['STITCHED_ONLY', 'PLAYER_SELECT'], 'STITCHED_ONLY') === 'PLAYER_SELECT',
    originPeriods,
    adPrefix: prefix(cdn, 'AdSegmentUrlPrefix'),
    contentPrefix: prefix(cdn, 'ContentSegmentUrlPrefix'),
  };
  declared.end();
  return settings;
}

function prefix(cdn: PropertyReader, key: string): string | undefined {
  return cdn.has(key) ? address(cdn, key, LONGEST.content) : undefined;
}

/** Reads an address, without slashes at its end. */
function address(declared: PropertyReader, key: string, longest: number): string {
  const url = declared.text(key);
  if (!/^https?:\/\/[^/]/.test(url)) throw invalid(declared.at(key), url, 'an address with http or https is needed');
  if (url.length > longest) {
    throw invalid(declared.at(key), `${url.length} characters`, `at most ${longest} are needed`);
  }
  return url.replace(/\/+$/, '');
}

function invalid(path: string, given: string, rule: string): AwsError {
  return new AwsError('BadRequestException', `${path}: ${given} was given; ${rule}`);
}
