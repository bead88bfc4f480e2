import { Aws, Fn, Stack } from 'aws-cdk-lib';
import { CfnPlaybackConfiguration } from 'aws-cdk-lib/aws-mediatailor';
import { Construct } from 'constructs';
import type { Ads } from '../channel/ads';
import { pascalCase } from '../stream/names';
import { BREAK_PATH } from './paths';
import { refuseRegionsWithoutTailor } from './regions';

/** The properties of {@link Tailor}. */
export interface TailorProps {
  readonly options: Pick<Ads, 'decisionUrl' | 'slateUrl'>;
  /** Names of the channels with breaks. */
  readonly channels: readonly string[];
  /** Address of the edge, without a slash at its end: MediaTailor reads the manifests there, as a viewer does. */
  readonly site: string;
}

/** Beginnings of a channel's paths at MediaTailor, each with a slash at its end; the path of a manifest follows. */
export interface TailoredChannel {
  readonly channel: string;
  /** Begins a session of HLS. */
  readonly hls: string;
  /** Begins a session of DASH. */
  readonly dash: string;
}

/**
 * MediaTailor: a configuration for each channel with breaks, so that the ad server is told the channel in every kind of
 * session. Players choose the kind: guided for HLS, stitched for DASH and old devices.
 *
 * @see https://docs.aws.amazon.com/mediatailor/latest/ug/configurations.html
 */
export class Tailor extends Construct {
  readonly channels: readonly TailoredChannel[];

  constructor(scope: Construct, id: string, { options, channels, site }: TailorProps) {
    super(scope, id);
    refuseRegionsWithoutTailor(Stack.of(this));
    this.channels = channels.map((channel) => {
      const made = new CfnPlaybackConfiguration(this, pascalCase(channel), {
        name: configurationName(channel),
        videoContentSourceUrl: site,
        adDecisionServerUrl: options.decisionUrl ?? ownDecision(site, channel),
        insertionMode: 'PLAYER_SELECT',
        // Guided sessions need an absolute prefix.
        cdnConfiguration: { adSegmentUrlPrefix: site, contentSegmentUrlPrefix: site },
        // The manifests of the origin have a period for each stretch of the show, not for each break. dash.js stays at the
        // address of its session, so that the MPD needs no Location.
        dashConfiguration: { mpdLocation: 'DISABLED', originManifestType: 'SINGLE_PERIOD' },
        slateAdUrl: options.slateUrl,
        // The clips of the stack are HLS; MediaTailor makes of them what each channel and format needs.
        adConditioningConfiguration: { streamingMediaFileConditioning: 'TRANSCODE' },
      });
      return {
        channel,
        hls: pathOf(made.attrHlsConfigurationManifestEndpointPrefix),
        dash: pathOf(made.attrDashConfigurationManifestEndpointPrefix),
      };
    });
  }
}

/** Returns a name that is unique in an account and Region, of at most 64 characters. */
function configurationName(channel: string): string {
  return Fn.join('-', [channel, Fn.select(4, Fn.split('-', Fn.select(2, Fn.split('/', Aws.STACK_ID))))]);
}

/**
 * Returns the address of the stack's own decision. The edge makes a group of viewers of the random number, so that it asks
 * the function once for each of them.
 *
 * @see https://docs.aws.amazon.com/mediatailor/latest/ug/variables-session.html
 */
function ownDecision(site: string, channel: string): string {
  const query = [
    'format=vast',
    `channel=${channel}`,
    'id=[scte.event_id]',
    'seconds=[session.avail_duration_secs]',
    'random=[avail.random]',
  ];
  return `${site}${BREAK_PATH}?${query.join('&')}`;
}

/** Returns the path of an address of MediaTailor, which is the same at the edge. */
function pathOf(url: string): string {
  return Fn.select(1, Fn.split('.amazonaws.com', url));
}
