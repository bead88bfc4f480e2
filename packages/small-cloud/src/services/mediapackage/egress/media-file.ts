import type { ChannelMedia } from '../model/channel-media';
import type { Endpoint } from '../model/endpoint';
import type { EgressFile } from '../model/file-names';
import { channelEpoch, listedTracks, segmentsBetween, trackKind } from '../model/listed-media';
import type { Fragment } from '../model/media';
import type { View } from '../model/view';
import { type EgressAnswer, mediaAnswer } from './answer';
import type { TransportStreamMuxer } from './transport-stream-muxer';

/** Longest wait for a part that a playlist has announced, in segments. */
const PATIENCE = 3;

/** An endpoint, the media of its channel, and the muxer for MPEG-TS. */
export interface EgressContext {
  readonly endpoint: Endpoint;
  readonly media: ChannelMedia;
  readonly muxer: TransportStreamMuxer;
  /** True for an endpoint of v1, which knows fewer settings. @default false */
  readonly isV1?: boolean;
}

/** Answers with an init segment, a segment or a part; undefined when there is none. An announced part is waited for. */
export async function mediaFile(
  context: EgressContext,
  view: View,
  file: EgressFile,
  name: string,
): Promise<EgressAnswer | undefined> {
  if (file.kind === 'segment' && context.endpoint.container !== 'CMAF') {
    return transportStreamSegment(context, view, file, name);
  }
  const data = file.kind === 'segment' ? await segmentBytes(view, file) : await initOrPart(context, view, file);
  return data && mediaAnswer(`${trackKind(view.segmenter, file.track) ?? 'video'}/mp4`, data);
}

type SegmentFile = Extract<EgressFile, { kind: 'segment' }>;

async function initOrPart(
  { endpoint, media }: EgressContext,
  view: View,
  file: Exclude<EgressFile, SegmentFile>,
): Promise<Buffer | undefined> {
  if (file.kind === 'init') return media.store.init(file.track, file.formatId);
  if (file.epoch !== channelEpoch(view)) return undefined;
  const look = () => {
    const found = media.store.fragment(file.track, file.ordinal);
    return found === 'next' ? undefined : { data: found?.data };
  };
  return (await media.change.until(look, PATIENCE * endpoint.segmentSeconds))?.data?.read();
}

/** Reads a complete segment; undefined for one that is incomplete, empty or gone. */
export async function segmentBytes(
  view: View,
  { track, number }: Pick<SegmentFile, 'track' | 'number'>,
): Promise<Buffer | undefined> {
  const fragments = completeFragments(view, track, number);
  const chunks = fragments && (await readAll(fragments));
  return chunks && Buffer.concat(chunks);
}

/** Reads fragments; undefined when one of them has been removed meanwhile. */
async function readAll(fragments: readonly Fragment[]): Promise<readonly Buffer[] | undefined> {
  const chunks = await Promise.all(fragments.map(({ data }) => data.read()));
  const whole = chunks.filter((chunk) => chunk !== undefined);
  return whole.length === chunks.length ? whole : undefined;
}

/** Muxes a segment from a video track and, where audio has no segments of its own, the audio tracks. */
async function transportStreamSegment(
  { endpoint, muxer }: EgressContext,
  view: View,
  { track, number }: SegmentFile,
  name: string,
): Promise<EgressAnswer | undefined> {
  const { segmenter } = view;
  const own = completeFragments(view, track, number);
  if (own === undefined) return undefined;
  const audio = endpoint.audioApart
    ? []
    : listedTracks(segmenter).filter((one) => trackKind(segmenter, one) === 'audio');
  if (!audio.every((one) => isComplete(view, one, number))) return undefined;
  const tracks = [own, ...audio.flatMap((one) => [completeFragments(view, one, number) ?? []])];
  const bytes = await Promise.all(tracks.filter((one) => one.length > 0).map(trackBytes));
  if (bytes.includes(undefined)) return undefined;
  return mediaAnswer(
    'video/mp2t',
    await muxer.segment(
      `${endpoint.arn}/${channelEpoch(view)}/${name}`,
      bytes.filter((one) => one !== undefined),
    ),
  );
}

/** Lists the fragments of a complete segment; undefined for one that is incomplete, empty or gone. */
function completeFragments(view: View, track: string, number: number): readonly Fragment[] | undefined {
  if (!isComplete(view, track, number)) return undefined;
  const fragments = segmentsBetween(view.segmenter, track, { first: number, last: number })[0]?.fragments ?? [];
  return fragments.length > 0 ? fragments : undefined;
}

function isComplete({ segmenter }: View, track: string, number: number): boolean {
  return number <= (segmenter.lastComplete(track) ?? -1);
}

async function trackBytes(fragments: readonly Fragment[]): Promise<readonly Buffer[] | undefined> {
  const chunks = await readAll(fragments);
  return chunks && [fragments[0]?.format.init ?? Buffer.alloc(0), ...chunks];
}
