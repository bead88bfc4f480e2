import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';

/**
 * Timed ID3 for MediaPackage v2, which passes on what it gets without a setting of its own. (v1 gets it always.)
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/enable-passthrough-id3.html
 */
export function packagerMetadata(
  passedOn: boolean,
): Pick<CfnChannel.MediaPackageV2GroupSettingsProperty, 'id3Behavior' | 'timedMetadataPassthrough'> {
  return passedOn ? { id3Behavior: 'ENABLED', timedMetadataPassthrough: 'ENABLED' } : {};
}

/** Timed ID3 in the segments of a bucket. */
export function storedMetadata(passedOn: boolean): Pick<CfnChannel.M3u8SettingsProperty, 'timedMetadataBehavior'> {
  return passedOn ? { timedMetadataBehavior: 'PASSTHROUGH' } : {};
}
