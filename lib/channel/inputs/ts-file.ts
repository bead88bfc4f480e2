import { z } from 'zod';
import { endsIn, fileOptions } from './options/file';
import type { InputKind } from './options/input-kind';

/** @see https://docs.aws.amazon.com/medialive/latest/ug/inputs-live-vs-file.html */
const ENDINGS = ['.ts', '.m2ts'];

/** A file with a transport stream that MediaLive plays. */
export const tsFile = {
  title: 'Transport stream file',
  intro: 'MediaLive plays a transport stream file from a server or a bucket.',
  source: 'a file',
  schema: z.strictObject({ kind: z.literal('ts-file'), ...fileOptions(ENDINGS) }).check(endsIn(ENDINGS)),
  direction: 'pull',
  onePerPipeline: 'sources',
  standardClassOnly: false,
  failover: false,
  audio: ['language', 'pid'],
} as const satisfies InputKind;
