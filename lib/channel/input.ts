import { z } from 'zod';
import type { Problem } from './field';
import { cdi, linkDevice, mediaConnect } from './inputs/aws';
import { hlsPull, mp4File, rtmpPull, tsFile } from './inputs/pull';
import { rtmpPush, rtmpPushVpc, rtpPush, rtpPushVpc } from './inputs/push';
import { srtCaller, srtListener } from './inputs/srt';

const testClip = z.strictObject({ kind: z.literal('test-clip') });

/** Where the contribution enters, one member per kind of input. */
export const inputSchema = z.discriminatedUnion('kind', [
  testClip,
  rtmpPush,
  rtmpPushVpc,
  rtpPush,
  rtpPushVpc,
  srtListener,
  srtCaller,
  rtmpPull,
  hlsPull,
  mp4File,
  tsFile,
  mediaConnect,
  linkDevice,
  cdi,
]);

/** The input of a channel, as described. */
export type Input = z.infer<typeof inputSchema>;

/** The input of one kind. */
export type InputOf<K extends Input['kind']> = Extract<Input, { kind: K }>;

/** What an input has one of for each pipeline. */
const FOR_EACH_PIPELINE = ['streamNames', 'sources', 'flowArns', 'deviceIds'] as const;

/** The kinds of MediaLive's standard input class only. */
const STANDARD_CLASS_ONLY: readonly unknown[] = ['rtp-push', 'rtp-push-vpc', 'cdi'] satisfies Input['kind'][];

/**
 * What an input asks of its channel's redundancy, or is not there for: sentences at paths below the channel.
 *
 * @param path - of the input itself.
 */
export function inputProblems(
  input: unknown,
  redundancy: unknown,
  path: readonly (string | number)[] = ['input'],
): readonly Problem[] {
  if (typeof input !== 'object' || input === null) return [];
  const { kind, ...options } = input as Readonly<Record<string, unknown>>;
  if (kind === 'udp-push') {
    const message =
      'MediaLive takes no transport stream in plain UDP, though its API has a name for it; send it in RTP, with rtp-push';
    return [{ path: [...path, 'kind'], message }];
  }
  const pipelines = redundancy === 'two-pipelines' ? 2 : 1;
  const counts = FOR_EACH_PIPELINE.flatMap((option): readonly Problem[] => {
    const list = options[option];
    if (!Array.isArray(list) || list.length === pipelines) return [];
    const needed = `a ${pipelines === 2 ? 'two-pipelines' : 'single-pipeline'} channel needs exactly ${pipelines}, one for each pipeline`;
    return [{ path: [...path, option], message: `${list.length} given; ${needed}` }];
  });
  if (pipelines === 1 && STANDARD_CLASS_ONLY.includes(kind)) {
    const message = `"single-pipeline" was given; MediaLive makes an input of kind ${kind} with two endpoints, so "two-pipelines" is needed`;
    return [...counts, { path: ['redundancy'], message }];
  }
  return counts;
}
