import { z } from 'zod';
import { endsIn, fileOptions } from './options/file';
import type { InputKind } from './options/input-kind';

/** @see https://docs.aws.amazon.com/medialive/latest/ug/inputs-live-vs-file.html */
const ENDINGS = ['.mp4'];

/** An MP4 file that MediaLive plays. */
export const mp4File = {
  title: 'MP4 file',
  intro: 'MediaLive plays an MP4 file from a server or a bucket.',
  source: 'a file',
  schema: z.strictObject({ kind: z.literal('mp4-file'), ...fileOptions(ENDINGS) }).check(endsIn(ENDINGS)),
  direction: 'pull',
  onePerPipeline: 'sources',
  standardClassOnly: false,
  failover: false,
  audio: ['track'],
} as const satisfies InputKind;
