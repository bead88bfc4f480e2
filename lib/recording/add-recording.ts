import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { LiveStream } from '../channel/live-stream';
import type { BucketContent } from '../stream/bucket-content';
import { Recording, type RecordingProps } from './recording';

/** The parts of a stack that its recordings use. */
interface RecordingParts extends Omit<RecordingProps, 'bucket' | 'emptied' | 'keep'> {
  /** Bucket of the recordings; undefined where nothing is recorded. */
  readonly bucket: Bucket | undefined;
  readonly content: BucketContent;
}

/** Adds the recording of channels, where the description asks for it. */
export function addRecording(
  scope: Construct,
  { recordings: keep }: Pick<LiveStream, 'recordings'>,
  { bucket, content, ...props }: RecordingParts,
): Recording | undefined {
  if (bucket === undefined) return undefined;
  const emptied = content.keep('Recordings', { bucket, retained: keep === 'retain' });
  return new Recording(scope, 'Recording', { ...props, bucket, emptied, keep });
}
