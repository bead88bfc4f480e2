import { z } from 'zod';
import type { InputKind } from './options/input-kind';
import { pulledSources, WEB } from './options/sources';

const URL_NOTES = {
  what: 'The playlist, as an `https://`, `http://` or `s3ssl://bucket/key` URL. In a bucket, the channel may read everything in the folder of the playlist and below it.',
  change: { from: 'https://www.example.com/live.m3u8', to: 'https://www.example.com/other.m3u8' },
};

/** An HLS stream that MediaLive pulls. */
export const hlsPull = {
  title: 'HLS pull',
  intro: 'MediaLive pulls an HLS stream from a server or a bucket.',
  source: 'an HLS stream, from a server or a bucket',
  schema: z.strictObject({ kind: z.literal('hls-pull'), ...pulledSources(WEB, URL_NOTES) }),
  direction: 'pull',
  onePerPipeline: 'sources',
  standardClassOnly: false,
  failover: false,
  audio: ['language', 'pid'],
} as const satisfies InputKind;
