import type { MetadataAction } from '../contract/schedule-action';
import type { Settings } from './settings';

/**
 * Returns the kind of action that an output group takes ID3 from; undefined where it takes none. HLS Timed Metadata is for
 * MediaPackage output groups, Timed Metadata for CMAF Ingest.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/schedule-fields-for-id3-userdata.html
 */
export function takenMetadata(settings: Settings, by: MetadataAction): MetadataAction | undefined {
  return settings.choice('Id3Behavior', ['ENABLED', 'DISABLED'], 'DISABLED') === 'ENABLED' ? by : undefined;
}
