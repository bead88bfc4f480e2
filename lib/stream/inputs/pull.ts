import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnInput } from 'aws-cdk-lib/aws-medialive';
import type { InputOf } from '../../channel/input';
import type { InputBuilder, InputBuilders, InputKind } from './input-kind';
import { NAME_OF_A_PASSWORD, readPasswords, statement } from './secret';

type Source = InputOf<'hls-pull'>['sources'][number];

/**
 * Segments behind the newest one at which MediaLive begins to read HLS. With 3 to 10 it takes the playlist for a live
 * stream. Without a number it begins at the oldest segment and takes the playlist for a file, which no channel with
 * other inputs beside it may have.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/inputs-live-vs-file.html
 */
const BUFFER_SEGMENTS = 3;

/** Builds an input for the stack's own clip, from its bucket. */
const testClip: InputBuilder<'test-clip'> = ({ pipelines, testClip: clip }) => {
  if (clip === undefined) throw new Error('The stack has no test clip, but a channel has an input of kind test-clip');
  const { url, arn, placed } = clip;
  return {
    props: { type: 'MP4_FILE', sources: Array.from({ length: pipelines }, () => ({ url })) },
    statements: [new PolicyStatement({ actions: ['s3:GetObject'], resources: [arn] })],
    attachment: { sourceEndBehavior: 'LOOP' },
    ready: placed,
  };
};

/** Builds an input for RTMP from a server. */
const rtmpPull: InputBuilder<'rtmp-pull'> = ({ source: { sources } }) => ({
  ...pulled('RTMP_PULL', sources),
  statements: readPasswords(sources),
});

/** Builds an input for HLS from a server or a bucket, with the segments in the folder of the playlist or below it. */
const hlsPull: InputBuilder<'hls-pull'> = ({ source: { sources } }) => {
  const folders = sources.flatMap(({ url }) => bucketPath(url)?.replace(/[^/]*$/, '*') ?? []);
  return {
    ...pulled('URL_PULL', sources),
    attachment: { networkInputSettings: { hlsInputSettings: { bufferSegments: BUFFER_SEGMENTS } } },
    statements: [...readPasswords(sources), ...statement(['s3:GetObject'], folders.map(objectArn))],
    acknowledgements: [...new Set(folders)].map((folder) => ({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::${folder}]`,
      reason: 'The segments of an HLS stream lie beside its playlist or below it, and have new names all the time.',
    })),
  };
};

/** Builds an input for an MP4 file from a server or a bucket. */
const mp4File: InputBuilder<'mp4-file'> = ({ source }) => file('MP4_FILE', source);

/** Builds an input for a file with a transport stream, from a server or a bucket. */
const tsFile: InputBuilder<'ts-file'> = ({ source }) => file('TS_FILE', source);

function file(type: string, { sources, loop }: InputOf<'mp4-file' | 'ts-file'>): InputKind {
  return {
    ...pulled(type, sources),
    statements: readSources(sources),
    attachment: { sourceEndBehavior: loop ? 'LOOP' : 'CONTINUE' },
  };
}

/** Permissions to read files: their passwords, and the objects of those in a bucket. */
export function readSources(sources: readonly Source[]): readonly PolicyStatement[] {
  const objects = sources.flatMap(({ url }) => bucketPath(url) ?? []);
  return [...readPasswords(sources), ...statement(['s3:GetObject'], objects.map(objectArn))];
}

function pulled(type: string, sources: readonly Source[]): Pick<InputKind, 'props' | 'inputAcknowledgements'> {
  const hasPassword = sources.some(({ passwordParameter }) => passwordParameter !== undefined);
  return {
    props: { type, sources: sources.map(sourceOf) },
    inputAcknowledgements: hasPassword ? [NAME_OF_A_PASSWORD] : [],
  };
}

/** Writes a source as MediaLive takes it: its address and its credentials. */
export function sourceOf({ url, username, passwordParameter }: Source): CfnInput.InputSourceRequestProperty {
  return { url, username, passwordParam: passwordParameter };
}

function bucketPath(url: string): string | undefined {
  return /^s3ssl:\/\/(.+)$/.exec(url)?.[1];
}

function objectArn(path: string): string {
  return `arn:${Aws.PARTITION}:s3:::${path}`;
}

/** The builders of inputs that MediaLive pulls. */
export const PULLED_INPUTS = {
  'test-clip': testClip,
  'rtmp-pull': rtmpPull,
  'hls-pull': hlsPull,
  'mp4-file': mp4File,
  'ts-file': tsFile,
} satisfies Partial<InputBuilders>;
