import type { CreateJobCommandInput, Output } from '@aws-sdk/client-mediaconvert';
import type { Ladder } from './clip-arguments';

/** The renditions of a clip that MediaConvert makes, as the Output `AdsLadder` has them. */
export interface EncodedLadder extends Ladder {
  /** Frames per second as a fraction, for example `30000/1001`. */
  readonly frameRate: string;
}

/** A clip for MediaConvert to make. */
export interface EncodedClip {
  readonly id: string;
  readonly bucket: string;
  /** Key of the file that was uploaded. */
  readonly source: string;
  readonly ladder: EncodedLadder;
  /** Role that MediaConvert reads the file and writes the clip with. */
  readonly roleArn: string;
}

/** Name that the job gives to the audio of its input. */
const AUDIO = 'Audio Selector 1';
/** Length of a segment, in seconds. */
const SEGMENT_SECONDS = 2;
/** QVBR quality, 1 to 10. Higher looks better and is larger, up to the bitrate of the rendition. */
const QUALITY = 8;

/**
 * Makes the job that encodes a clip: HLS in CMAF with a playlist for each rendition and for the audio, below
 * `ads/clips/<id>/index.m3u8`.
 *
 * @see https://docs.aws.amazon.com/mediaconvert/latest/ug/outputs-file-ABR.html
 */
export function clipJob({ id, bucket, source, ladder, roleArn }: EncodedClip): CreateJobCommandInput {
  return {
    Role: roleArn,
    ClientRequestToken: id,
    UserMetadata: { ad: id },
    Settings: {
      TimecodeConfig: { Source: 'ZEROBASED' },
      Inputs: [
        {
          FileInput: `s3://${bucket}/${source}`,
          TimecodeSource: 'ZEROBASED',
          AudioSelectors: { [AUDIO]: { DefaultSelection: 'DEFAULT' } },
          VideoSelector: {},
        },
      ],
      OutputGroups: [
        {
          Name: 'Clip',
          OutputGroupSettings: {
            Type: 'CMAF_GROUP_SETTINGS',
            CmafGroupSettings: {
              Destination: `s3://${bucket}/ads/clips/${id}/index`,
              WriteHlsManifest: 'ENABLED',
              WriteDashManifest: 'DISABLED',
              SegmentControl: 'SEGMENTED_FILES',
              SegmentLength: SEGMENT_SECONDS,
              SegmentLengthControl: 'EXACT',
              FragmentLength: SEGMENT_SECONDS,
              CodecSpecification: 'RFC_6381',
              ManifestDurationFormat: 'FLOATING_POINT',
            },
          },
          Outputs: [...ladder.renditions.map((one, index) => video(one, index, ladder.frameRate)), audio()],
        },
      ],
    },
  };
}

function video({ width, height, bitrate }: Ladder['renditions'][number], index: number, frameRate: string): Output {
  const [numerator = 0, denominator = 1] = frameRate.split('/').map(Number);
  return {
    NameModifier: `-v${index}`,
    ContainerSettings: { Container: 'CMFC' },
    VideoDescription: {
      Width: width,
      Height: height,
      // Keeps the proportions, between black bars.
      ScalingBehavior: 'DEFAULT',
      CodecSettings: {
        Codec: 'H_264',
        H264Settings: {
          CodecProfile: 'MAIN',
          RateControlMode: 'QVBR',
          MaxBitrate: bitrate,
          QvbrSettings: { QvbrQualityLevel: QUALITY },
          // Other levels are charged by the professional tier.
          QualityTuningLevel: 'SINGLE_PASS',
          FramerateControl: 'SPECIFIED',
          FramerateNumerator: numerator,
          FramerateDenominator: denominator,
          ParControl: 'SPECIFIED',
          ParNumerator: 1,
          ParDenominator: 1,
          // As AWS advises for CMAF; the length of the segments adds keyframes where it needs them.
          GopSizeUnits: 'AUTO',
          // Media then begins at zero.
          NumberBFramesBetweenReferenceFrames: 0,
        },
      },
    },
  };
}

function audio(): Output {
  return {
    NameModifier: '-audio',
    ContainerSettings: { Container: 'CMFC' },
    AudioDescriptions: [
      {
        AudioSourceName: AUDIO,
        CodecSettings: {
          Codec: 'AAC',
          AacSettings: { Bitrate: 96_000, CodingMode: 'CODING_MODE_2_0', SampleRate: 48_000 },
        },
      },
    ],
  };
}
