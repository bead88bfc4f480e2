import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnInput } from 'aws-cdk-lib/aws-medialive';
import type { InputOf } from '../../channel/input';
import type { InputContext, InputKind } from './input-kind';
import { NAME_OF_A_PASSWORD, readPasswords, statement } from './secret';

type Source = InputOf<'hls-pull'>['sources'][number];

/**
 * How many segments behind the newest one MediaLive begins to read HLS. With 3 to 10 it takes the playlist for a live
 * stream. Without a number it begins at the oldest segment and takes the playlist for a file, which no channel with
 * other inputs beside it may have.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/inputs-live-vs-file.html
 */
const BUFFER_SEGMENTS = 3;

/** The stack's own clip, from its bucket. */
export function testClip({ pipelines, testClip: clip }: InputContext): InputKind {
  if (clip === undefined) throw new Error('The stack has no test clip to give this input.');
  const { url, arn, placed } = clip;
  return {
    props: { type: 'MP4_FILE', sources: Array.from({ length: pipelines }, () => ({ url })) },
    statements: [new PolicyStatement({ actions: ['s3:GetObject'], resources: [arn] })],
    attachment: { sourceEndBehavior: 'LOOP' },
    ready: placed,
  };
}

/** RTMP from a server. */
export function rtmpPull({ sources }: InputOf<'rtmp-pull'>): InputKind {
  return { ...pulled('RTMP_PULL', sources), statements: readPasswords(sources) };
}

/** HLS from a server or a bucket, where the segments lie beside the playlist or below it. */
export function hlsPull({ sources }: InputOf<'hls-pull'>): InputKind {
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
}

/** A file from a server or a bucket. */
export function file({ kind, sources, loop }: InputOf<'mp4-file' | 'ts-file'>): InputKind {
  return {
    ...pulled(kind === 'mp4-file' ? 'MP4_FILE' : 'TS_FILE', sources),
    statements: readSources(sources),
    attachment: { sourceEndBehavior: loop ? 'LOOP' : 'CONTINUE' },
  };
}

/** What reads files: their passwords, and those that lie in a bucket. */
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

/** A source as MediaLive takes it: its address, and who reads it. */
export function sourceOf({ url, username, passwordParameter }: Source): CfnInput.InputSourceRequestProperty {
  return {
    url,
    ...(username === undefined ? {} : { username }),
    ...(passwordParameter === undefined ? {} : { passwordParam: passwordParameter }),
  };
}

function bucketPath(url: string): string | undefined {
  return /^s3ssl:\/\/(.+)$/.exec(url)?.[1];
}

function objectArn(path: string): string {
  return `arn:${Aws.PARTITION}:s3:::${path}`;
}
