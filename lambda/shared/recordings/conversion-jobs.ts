import { createHash } from 'node:crypto';
import type { CreateJobCommandInput, Output, OutputGroup } from '@aws-sdk/client-mediaconvert';
import { type ConvertedRecording, filesOf } from './converted-recording';
import { storyboardInterval } from './storyboard';

/** The purpose of a job, as its metadata carry it. */
export type ConversionKind = 'mp4' | 'pictures' | 'mp4-and-pictures';

/** Name that the job gives to the audio of its input. */
const AUDIO = 'Audio Selector 1';
/** Pixels across the pictures. MediaConvert keeps the proportions. */
const WIDTH = { poster: 1280, storyboard: 160, preview: 320 } as const;
/** QVBR quality of the MP4 and of the preview, 1 to 10. Higher looks better and is larger, up to the highest bitrate. */
const QUALITY = { mp4: 8, preview: 5 } as const;
/** Highest bitrate of the preview in bits/s. */
const PREVIEW_BITRATE = 300_000;
/** Seconds into the recording at most from which the poster is taken. */
const POSTER_SECONDS = 60;
/** Quality of the pictures, 1 to 100. */
const JPEG_QUALITY = 80;

/**
 * Makes the job that writes `recording.mp4`: H.264 in constant quality, from the best rendition, with AAC.
 *
 * @param roleArn - role that MediaConvert reads and writes the bucket with.
 * @see https://docs.aws.amazon.com/mediaconvert/latest/ug/cbr-vbr-qvbr.html
 */
export function mp4Job(recording: ConvertedRecording, roleArn: string): CreateJobCommandInput {
  return job(recording, roleArn, { kind: 'mp4', groups: [mp4Group(recording)] });
}

/**
 * Makes the job that writes the pictures of the poster and of the storyboard. MediaConvert takes pictures only in a job
 * that also makes a video with audio: with `mp4` that is `recording.mp4`, otherwise a small preview.
 *
 * @param mp4 - true to make the MP4 in the same job, which is cheaper than two. @default false
 * @see https://docs.aws.amazon.com/mediaconvert/latest/ug/file-group-with-frame-capture-output.html
 */
export function picturesJob(recording: ConvertedRecording, roleArn: string, mp4 = false): CreateJobCommandInput {
  const { posterPictures, storyboardPictures } = filesOf(recording);
  const seconds = recording.seconds;
  // The first frame is often black, so the poster is the second of two.
  const poster = { everySeconds: Math.min(POSTER_SECONDS, Math.max(1, Math.floor(seconds / 10))), most: 2 };
  const storyboard = { everySeconds: storyboardInterval(seconds), most: undefined };
  const posterWidth = Math.min(WIDTH.poster, recording.best.width);
  const groups = [
    mp4 ? mp4Group(recording) : previewGroup(recording),
    fileGroup('Poster', `s3://${recording.bucket}/${posterPictures}`, capture(posterWidth, poster)),
    fileGroup('Storyboard', `s3://${recording.bucket}/${storyboardPictures}`, capture(WIDTH.storyboard, storyboard)),
  ];
  return job(recording, roleArn, { kind: mp4 ? 'mp4-and-pictures' : 'pictures', groups });
}

function job(
  { channel, id, bucket, playlists, seconds }: ConvertedRecording,
  roleArn: string,
  { kind, groups }: { readonly kind: ConversionKind; readonly groups: readonly OutputGroup[] },
): CreateJobCommandInput {
  return {
    Role: roleArn,
    // At most 64 characters, and not those of another stack. MediaConvert remembers a token for a minute only.
    ClientRequestToken: createHash('sha256').update(`${bucket} ${kind} ${channel} ${id}`).digest('hex'),
    UserMetadata: { channel, recording: id, kind, seconds: String(seconds) },
    Settings: {
      TimecodeConfig: { Source: 'ZEROBASED' },
      Inputs: playlists.map((key) => ({
        FileInput: `s3://${bucket}/${key}`,
        TimecodeSource: 'ZEROBASED',
        AudioSelectors: { [AUDIO]: { DefaultSelection: 'DEFAULT' } },
        VideoSelector: {},
      })),
      OutputGroups: [...groups],
    },
  };
}

function mp4Group(recording: ConvertedRecording): OutputGroup {
  const { bitrate } = recording.best;
  return fileGroup('MP4', destination(recording, filesOf(recording).mp4), video({ bitrate, quality: QUALITY.mp4 }));
}

function previewGroup(recording: ConvertedRecording): OutputGroup {
  const settings = { bitrate: PREVIEW_BITRATE, quality: QUALITY.preview, width: WIDTH.preview };
  return fileGroup('Preview', destination(recording, filesOf(recording).preview), video(settings));
}

/** Returns the destination of a file. MediaConvert adds the extension. */
function destination({ bucket }: ConvertedRecording, key: string): string {
  return `s3://${bucket}/${key.replace(/\.mp4$/, '')}`;
}

function fileGroup(name: string, to: string, output: Output): OutputGroup {
  return {
    Name: name,
    OutputGroupSettings: { Type: 'FILE_GROUP_SETTINGS', FileGroupSettings: { Destination: to } },
    Outputs: [output],
  };
}

/** Settings of a video. */
interface Video {
  /** Highest bitrate in bits/s. */
  readonly bitrate: number;
  /** 1 to 10. */
  readonly quality: number;
  /** Pixels across. @default those of the input */
  readonly width?: number;
}

function video({ bitrate, quality, width }: Video): Output {
  return {
    ContainerSettings: { Container: 'MP4', Mp4Settings: { MoovPlacement: 'PROGRESSIVE_DOWNLOAD' } },
    VideoDescription: {
      Width: width,
      CodecSettings: {
        Codec: 'H_264',
        H264Settings: {
          RateControlMode: 'QVBR',
          MaxBitrate: bitrate,
          QvbrSettings: { QvbrQualityLevel: quality },
          // Other levels, and multi-pass, are charged by the professional tier.
          QualityTuningLevel: 'SINGLE_PASS',
        },
      },
    },
    AudioDescriptions: [
      {
        AudioSourceName: AUDIO,
        CodecSettings: {
          Codec: 'AAC',
          AacSettings: { Bitrate: 128_000, CodingMode: 'CODING_MODE_2_0', SampleRate: 48_000 },
        },
      },
    ],
  };
}

/** Returns an output of pictures: the first frame, and one more after each interval. */
function capture(
  width: number,
  { everySeconds, most }: { readonly everySeconds: number; readonly most: number | undefined },
): Output {
  return {
    ContainerSettings: { Container: 'RAW' },
    VideoDescription: {
      Width: width,
      CodecSettings: {
        Codec: 'FRAME_CAPTURE',
        FrameCaptureSettings: {
          FramerateNumerator: 1,
          FramerateDenominator: everySeconds,
          MaxCaptures: most,
          Quality: JPEG_QUALITY,
        },
      },
    },
  };
}
