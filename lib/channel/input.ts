import { z } from 'zod';
import { cdi } from './inputs/cdi';
import { hlsPull } from './inputs/hls-pull';
import { linkDevice } from './inputs/link-device';
import { mediaConnect } from './inputs/mediaconnect';
import { mediaConnectRouter } from './inputs/mediaconnect-router';
import { mp4File } from './inputs/mp4-file';
import type { InputKind } from './inputs/options/input-kind';
import { rtmpPull } from './inputs/rtmp-pull';
import { rtmpPush } from './inputs/rtmp-push';
import { rtmpPushVpc } from './inputs/rtmp-push-vpc';
import { rtpPush } from './inputs/rtp-push';
import { rtpPushVpc } from './inputs/rtp-push-vpc';
import { srtCaller } from './inputs/srt-caller';
import { srtListener } from './inputs/srt-listener';
import { testClip } from './inputs/test-clip';
import { tsFile } from './inputs/ts-file';
import type { Partly, Path, Report } from './rule';

/** Every kind of input, in the order of docs/configuration.md. */
export const INPUT_KINDS = {
  'test-clip': testClip,
  'rtmp-push': rtmpPush,
  'rtmp-push-vpc': rtmpPushVpc,
  'rtp-push': rtpPush,
  'rtp-push-vpc': rtpPushVpc,
  'srt-listener': srtListener,
  'srt-caller': srtCaller,
  'rtmp-pull': rtmpPull,
  'hls-pull': hlsPull,
  'mp4-file': mp4File,
  'ts-file': tsFile,
  mediaconnect: mediaConnect,
  'mediaconnect-router': mediaConnectRouter,
  'link-device': linkDevice,
  cdi,
} as const satisfies Readonly<Record<string, InputKind>>;

/** The name of a kind of input. Tables of other layers have a row for each. */
export type InputKindName = keyof typeof INPUT_KINDS;

const UDP =
  'MediaLive takes no transport stream in plain UDP, though its API has a name for it; send it in RTP, with rtp-push';

/** Where the contribution enters, one member for each of these kinds of input. */
export function inputOfKinds<Kind extends InputKind>(kinds: readonly Kind[]) {
  const [first, ...others] = kinds.map(({ schema }): Kind['schema'] => schema);
  if (first === undefined) throw new Error('No kinds of input were given; at least one is needed');
  return z.discriminatedUnion('kind', [first, ...others], { error: ({ input }) => (isUdp(input) ? UDP : undefined) });
}

/** Where the contribution enters. */
export const inputSchema = inputOfKinds(Object.values(INPUT_KINDS));

/** The input of a channel, as described. */
export type Input = z.infer<typeof inputSchema>;

/** The input of one kind. */
export type InputOf<K extends InputKindName> = Extract<Input, { kind: K }>;

/** The facts about the kind of an input; undefined where its kind was refused. */
export function factsOf(input: Partly<Input> | undefined): InputKind | undefined {
  return input?.kind === undefined ? undefined : INPUT_KINDS[input.kind];
}

/** An input of a channel and where it is described. */
interface Place {
  readonly input: Partly<Input> | undefined;
  readonly redundancy: 'single-pipeline' | 'two-pipelines' | undefined;
  /** The path below the channel. */
  readonly path: Path;
}

/** Checks that an input has one source for each pipeline. */
export function sourceProblems({ input, redundancy, path }: Place, problem: Report): void {
  const option = factsOf(input)?.onePerPipeline;
  if (input === undefined || option === undefined || redundancy === undefined) return;
  const list: unknown = Object.entries(input).find(([name]) => name === option)?.[1];
  const pipelines = redundancy === 'two-pipelines' ? 2 : 1;
  if (!Array.isArray(list) || list.length === pipelines) return;
  problem(
    [...path, option],
    `${list.length} given; a ${redundancy} channel needs exactly ${pipelines}, one for each pipeline`,
  );
}

/** Checks that the channel has as many pipelines as MediaLive makes endpoints for its input. */
export function endpointProblems({ input, redundancy }: Omit<Place, 'path'>, problem: Report): void {
  if (redundancy !== 'single-pipeline' || !factsOf(input)?.standardClassOnly) return;
  problem(
    ['redundancy'],
    `"single-pipeline" was given; MediaLive makes an input of kind ${input?.kind} with two endpoints, so "two-pipelines" is needed`,
  );
}

function isUdp(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'kind' in input && input.kind === 'udp-push';
}
