import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';

/**
 * Returns the settings that send timed ID3 to MediaPackage v2, which passes it on without a setting of its own. MediaPackage
 * v1 always gets it.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/enable-passthrough-id3.html
 */
export function packagerMetadata(
  passedOn: boolean,
): Pick<CfnChannel.MediaPackageV2GroupSettingsProperty, 'id3Behavior' | 'timedMetadataPassthrough'> {
  return passedOn ? { id3Behavior: 'ENABLED', timedMetadataPassthrough: 'ENABLED' } : {};
}

/** Returns the settings of timed ID3 in stored segments. */
export function storedMetadata(passedOn: boolean): Pick<CfnChannel.M3u8SettingsProperty, 'timedMetadataBehavior'> {
  return passedOn ? { timedMetadataBehavior: 'PASSTHROUGH' } : {};
}
