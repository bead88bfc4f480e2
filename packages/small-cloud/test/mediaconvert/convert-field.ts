import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
  type CreateJobCommandInput,
  GetJobCommand,
  type Job,
  MediaConvertClient,
  type OutputGroup,
} from '@aws-sdk/client-mediaconvert';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { CloudEvent, Properties } from '../../src/contract';
import { MediaConvert } from '../../src/services/mediaconvert/mediaconvert';
import { S3 } from '../../src/services/s3/s3';
import { NotedProcesses } from '../medialive/noted-processes';
import { ApiServer } from '../s3/api-server';
import { TestCloud } from '../s3/test-cloud';

export const BUCKET = 'recordings';
const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };

/** A MediaConvert with a bucket, and the real clients of both. */
export class ConvertField {
  readonly cloud = new TestCloud();
  readonly s3 = new S3(this.cloud);
  readonly processes = new NotedProcesses(this.cloud.folder);
  readonly service = new MediaConvert(this.cloud, {
    ffmpeg: { path: 'ffmpeg', frameOption: '-fps_mode' },
    processes: this.processes,
    objects: this.s3,
  });
  readonly server = new ApiServer(handlerOf(this.service, 'mediaconvert'));
  private readonly s3Server = new ApiServer(handlerOf(this.s3, 's3'));
  client!: MediaConvertClient;
  bucket!: S3Client;
  /** A role that MediaConvert may assume, with all rights on the recording. */
  role = '';

  static async open(): Promise<ConvertField> {
    const field = new ConvertField();
    await field.cloud.create(field.s3, 'AWS::S3::Bucket', 'Recordings', { BucketName: BUCKET });
    const region = field.cloud.region;
    field.client = new MediaConvertClient({
      endpoint: await field.server.start(),
      region,
      credentials,
      maxAttempts: 1,
    });
    const endpoint = await field.s3Server.start();
    field.bucket = new S3Client({ endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1 });
    const resource = `arn:aws:s3:::${BUCKET}/vod/*`;
    field.role = await field.makeRole('Convert', [
      ['s3:GetObject', resource],
      ['s3:PutObject', resource],
    ]);
    return field;
  }

  async close(): Promise<void> {
    this.client.destroy();
    this.bucket.destroy();
    await this.service.stop();
    await Promise.all([this.server.stop(), this.s3Server.stop(), this.s3.stop()]);
    await this.processes.stop();
    this.cloud.remove();
  }

  /** Makes a role that a service may assume. */
  async makeRole(
    logicalId: string,
    allowed: readonly (readonly [action: string, resource: string])[],
    principal = 'mediaconvert.amazonaws.com',
  ): Promise<string> {
    const role = await this.cloud.create(this.cloud.access, 'AWS::IAM::Role', logicalId, {
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: principal } }],
      },
      Policies: allowed.map(([Action, Resource], index) => ({
        PolicyName: `p${index}`,
        PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource }] },
      })),
    });
    return role.attribute('Arn');
  }

  async put(key: string, body: string | Buffer): Promise<void> {
    await this.bucket.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: body }));
  }

  /** Uploads the files of a folder. */
  async putAll(folder: string, prefix: string): Promise<void> {
    for (const name of readdirSync(folder)) await this.put(`${prefix}${name}`, readFileSync(join(folder, name)));
  }

  /** Waits for the end of a job, however long this machine needs. */
  async ended(id: string): Promise<Job> {
    for (;;) {
      const { Job: job } = await this.client.send(new GetJobCommand({ Id: id }));
      if (job !== undefined && job.Status !== 'SUBMITTED' && job.Status !== 'PROGRESSING') return job;
      await wait(50);
    }
  }

  /** The details of the events of a job, in their order. */
  eventsOf(id: string | undefined): readonly Properties[] {
    const ours = ({ source, detail }: CloudEvent) => source === 'aws.mediaconvert' && detail['jobId'] === id;
    return this.cloud.put.filter(ours).map(({ detail }) => detail);
  }
}

function handlerOf(service: { readonly api?: MediaConvert['api'] }, name: string) {
  const handler = service.api?.[name];
  if (handler === undefined) throw new Error(`no API of ${name}`);
  return handler;
}

/** Makes an HLS recording of 25 s: 320 by 180 at 10 frames/s, with a tone, in segments of 5 s. */
export async function makeRecording(folder: string, type: 'mpegts' | 'fmp4' = 'mpegts'): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await promisify(execFile)('ffmpeg', [
    ...['-loglevel', 'error', '-f', 'lavfi', '-i', 'testsrc=size=320x180:rate=10'],
    ...['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000', '-t', '25'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '50', '-c:a', 'aac', '-ac', '2'],
    ...['-f', 'hls', '-hls_time', '5', '-hls_list_size', '0', '-hls_playlist_type', 'vod', '-hls_segment_type', type],
    join(folder, 'index.m3u8'),
  ]);
}

/** Makes a video of 5 s: 320 by 240 at 25 frames/s, in H.264 with a tone of one channel, or without. */
export async function makeVideo(file: string, hasAudio = true): Promise<void> {
  const tone = ['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=44100', '-c:a', 'aac', '-ac', '1'];
  await promisify(execFile)('ffmpeg', [
    ...['-loglevel', 'error', '-f', 'lavfi', '-i', 'testsrc=size=320x240:rate=25'],
    ...(hasAudio ? tone : []),
    ...['-t', '5', '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', file],
  ]);
}

/** A file group with one output. */
export function fileGroup(name: string, output: NonNullable<OutputGroup['Outputs']>[number]): OutputGroup {
  return {
    OutputGroupSettings: {
      Type: 'FILE_GROUP_SETTINGS',
      FileGroupSettings: { Destination: `s3://${BUCKET}/vod/main/R1/${name}` },
    },
    Outputs: [output],
  };
}

/** An output with video and audio. */
export const MP4 = {
  ContainerSettings: { Container: 'MP4' },
  VideoDescription: {
    CodecSettings: { Codec: 'H_264', H264Settings: { RateControlMode: 'QVBR', MaxBitrate: 1_000_000 } },
  },
  AudioDescriptions: [
    {
      AudioSourceName: 'Audio Selector 1',
      CodecSettings: {
        Codec: 'AAC',
        AacSettings: { CodingMode: 'CODING_MODE_2_0', SampleRate: 48_000, Bitrate: 96_000 },
      },
    },
  ],
} as const satisfies NonNullable<OutputGroup['Outputs']>[number] | object;

/** An output of pictures, one each 10 s. */
export const PICTURES = {
  ContainerSettings: { Container: 'RAW' },
  VideoDescription: {
    Width: 160,
    CodecSettings: {
      Codec: 'FRAME_CAPTURE',
      FrameCaptureSettings: { FramerateNumerator: 1, FramerateDenominator: 10, Quality: 80 },
    },
  },
} as const;

/** A job of the recording `vod/main/R1/`. */
export function jobOf(role: string, groups: readonly OutputGroup[], playlist = 'index.m3u8'): CreateJobCommandInput {
  return {
    Role: role,
    Settings: {
      Inputs: [
        {
          FileInput: `s3://${BUCKET}/vod/main/R1/${playlist}`,
          TimecodeSource: 'ZEROBASED',
          AudioSelectors: { 'Audio Selector 1': { DefaultSelection: 'DEFAULT' } },
        },
      ],
      OutputGroups: [...groups],
    },
  };
}
