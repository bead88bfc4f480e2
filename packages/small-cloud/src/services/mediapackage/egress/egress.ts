import { steadyNow } from '../../../host/clock';
import { mpd } from '../dash/mpd';
import { mpdView } from '../dash/mpd-view';
import { mediaPlaylist } from '../hls/media-playlist';
import { mediaPlaylistView, nextPart, run } from '../hls/media-playlist-view';
import { multivariantPlaylist } from '../hls/multivariant';
import { multivariantView } from '../hls/multivariant-view';
import type { PackagedChannel } from '../ingest/packaged-channel';
import type { Endpoint, HlsManifest } from '../model/endpoint';
import { childPlaylistName, type EgressFile, egressFile } from '../model/file-names';
import { listedTracks, type View } from '../model/listed-media';
import type { TransportStreams } from './transport-stream-muxer';

/** What the origin answers. */
export interface EgressAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly maxAgeSeconds: number | undefined;
  readonly body: string | Buffer;
}

const M3U8 = 'application/vnd.apple.mpegurl';
/** A segment never changes: 14 days, as MediaPackage says. */
const SEGMENT_AGE_SECONDS = 1_209_600;
/** How long a request for what is to come may wait, in target durations, before it is given up. */
const PATIENCE = 3;
/** Query parameters of MediaPackage that shift or filter a manifest. */
const SHIFTING = ['aws.manifestfilter', 'aws.manifestsettings', 'start', 'end', 'time_delay'];

/** An endpoint, its channel, and the muxer for MPEG-TS. */
export interface EgressContext {
  readonly endpoint: Endpoint;
  readonly channel: PackagedChannel;
  readonly transportStreams: TransportStreams;
}

/**
 * Answers a request for a file of an endpoint's folder. LL-HLS requests for what is about to come wait for it.
 * @see RFC 8216bis, 6.2.5.2 (blocking playlist reload)
 */
export async function egress(context: EgressContext, name: string, query: URLSearchParams): Promise<EgressAnswer> {
  const { endpoint, channel } = context;
  const missing = refusal(404, `there is no '${name}' here, or not yet`);
  const segmenter = channel.segmenter(endpoint.segmentSeconds);
  if (!segmenter || channel.epochSeconds === undefined) return missing;
  const shifting = SHIFTING.find((parameter) => query.has(parameter));
  if (shifting) return refusal(400, `query parameter '${shifting}' is not modelled by the local run; leave it out`);
  const { epochSeconds } = channel;
  const view: View = { endpoint, segmenter, epochSeconds };
  const file = egressFile(endpoint, name);
  const silentSeconds = channel.figures?.silentSeconds ?? 0;
  if (!file && endpoint.staleIsError && silentSeconds > PATIENCE * endpoint.segmentSeconds) {
    return refusal(404, `'${name}' is stale: nothing came for ${Math.floor(silentSeconds)} s`);
  }
  const answer = file
    ? await mediaFile(context, view, file, name)
    : (hlsManifest(view, name) ?? (await hlsChild(context, view, name, query)) ?? dashManifest(view, name));
  return answer ?? missing;
}

function hlsManifest(view: View, name: string): EgressAnswer | undefined {
  const manifest = view.endpoint.hlsManifests.find((one) => `${one.name}.m3u8` === name);
  const model = manifest && multivariantView(view, manifest);
  return model && manifestAnswer(view.endpoint, M3U8, multivariantPlaylist(model));
}

function dashManifest(view: View, name: string): EgressAnswer | undefined {
  const manifest = view.endpoint.dashManifests.find((one) => `${one.name}.mpd` === name);
  const model = manifest && mpdView(view, manifest, steadyNow());
  return model && manifestAnswer(view.endpoint, 'application/dash+xml', mpd(model));
}

async function hlsChild(
  { channel }: EgressContext,
  view: View,
  name: string,
  query: URLSearchParams,
): Promise<EgressAnswer | undefined> {
  for (const manifest of view.endpoint.hlsManifests) {
    const track = listedTracks(view.segmenter).find((one) => childPlaylistName(manifest, one) === name);
    if (track === undefined) continue;
    const playlist = () => {
      const model = mediaPlaylistView(view, manifest, track);
      return (
        model && { ...manifestAnswer(view.endpoint, M3U8, mediaPlaylist(model)), ...(manifest.lowLatency && FRESH) }
      );
    };
    const wanted = manifest.lowLatency ? wantedPart(view, manifest, track, query) : undefined;
    if (wanted === undefined) return playlist();
    if ('status' in wanted) return wanted;
    const patience = PATIENCE * (mediaPlaylistView(view, manifest, track)?.targetSeconds ?? 1);
    const there = await channel.change.until(() => reached(view, track, wanted) || undefined, patience);
    return there ? playlist() : refusal(503, `segment ${wanted.sequence} did not come within ${patience} s`);
  }
  return undefined;
}

const FRESH = { maxAgeSeconds: 1 } as const;

/** A place in a playlist; without `part` the whole segment. */
interface Wanted {
  readonly sequence: number;
  readonly part: number | undefined;
}

/** What `_HLS_msn` and `_HLS_part` ask for; a refusal when they make no sense or are too far ahead. */
function wantedPart(
  { segmenter }: View,
  manifest: HlsManifest,
  track: string,
  query: URLSearchParams,
): Wanted | EgressAnswer | undefined {
  const [number, part] = [query.get('_HLS_msn'), query.get('_HLS_part')];
  if (number === null) return part === null ? undefined : refusal(400, '_HLS_part needs _HLS_msn');
  if (!/^\d+$/.test(number) || !/^\d*$/.test(part ?? '')) {
    return refusal(
      400,
      `_HLS_msn and _HLS_part are whole numbers; ${manifest.name} was asked for '${number}', '${part}'`,
    );
  }
  const wanted = { sequence: Number(number), part: part === null ? undefined : Number(part) };
  const next = nextPart(segmenter, track).sequence;
  if (wanted.sequence > next + 1) return refusal(400, `segment ${number} is too far ahead: the next is ${next}`);
  return wanted;
}

/** A part past the end of its segment is the first of the next, by the RFC; so it is there when the segment is whole. */
function reached({ segmenter }: View, track: string, { sequence, part }: Wanted): boolean {
  const next = nextPart(segmenter, track);
  return next.sequence > sequence || (next.sequence === sequence && part !== undefined && next.part > part);
}

async function mediaFile(
  { endpoint, channel, transportStreams }: EgressContext,
  view: View,
  file: EgressFile,
  name: string,
): Promise<EgressAnswer | undefined> {
  const { segmenter } = view;
  if (file.kind === 'init') return mediaAnswer(file.track, channel.store.init(file.track, file.formatId), segmenter);
  if (file.kind === 'part') {
    if (file.run !== run(view)) return undefined;
    const look = () => {
      const found = channel.store.fragment(file.track, file.ordinal);
      return found === 'next' ? undefined : { data: found?.data };
    };
    const part = await channel.change.until(look, PATIENCE * endpoint.segmentSeconds);
    return mediaAnswer(file.track, part?.data, segmenter);
  }
  const whole = (track: string) => file.number <= (segmenter.lastComplete(track) ?? -1);
  const fragments = (track: string) =>
    segmenter.segments(track).find(({ number }) => number === file.number)?.fragments ?? [];
  const own = fragments(file.track);
  if (!whole(file.track) || own.length === 0) return undefined;
  if (endpoint.container === 'CMAF') {
    return mediaAnswer(file.track, Buffer.concat(own.map(({ data }) => data)), segmenter);
  }
  const sound = endpoint.soundApart
    ? []
    : listedTracks(segmenter).filter((track) => kindOf(segmenter, track) === 'audio');
  if (!sound.every(whole)) return undefined;
  const tracks = [own, ...sound.map(fragments)].filter((one) => one.length > 0);
  const bytes = tracks.map((one) => [one[0]?.format.init ?? Buffer.alloc(0), ...one.map(({ data }) => data)]);
  const body = await transportStreams.segment(`${endpoint.arn}/${run(view)}/${name}`, bytes);
  return { status: 200, contentType: 'video/mp2t', maxAgeSeconds: SEGMENT_AGE_SECONDS, body };
}

function kindOf(segmenter: View['segmenter'], track: string): 'video' | 'audio' | undefined {
  return segmenter.segments(track).findLast(({ fragments }) => fragments.length > 0)?.fragments[0]?.format.kind;
}

function mediaAnswer(track: string, body: Buffer | undefined, segmenter: View['segmenter']): EgressAnswer | undefined {
  const contentType = `${kindOf(segmenter, track) ?? 'video'}/mp4`;
  return body && { status: 200, contentType, maxAgeSeconds: SEGMENT_AGE_SECONDS, body };
}

/** Half a segment, at least a second: what a viewer sees is never more than that behind. */
function manifestAnswer({ segmentSeconds }: Endpoint, contentType: string, body: string): EgressAnswer {
  return { status: 200, contentType, maxAgeSeconds: Math.max(1, Math.floor(segmentSeconds / 2)), body };
}

/** An error, with a sentence that says why. */
export function refusal(status: number, sentence: string): EgressAnswer {
  return {
    status,
    contentType: 'application/json',
    maxAgeSeconds: undefined,
    body: `${JSON.stringify({ message: sentence })}\n`,
  };
}

/** The answer of an endpoint that the local run makes nothing for. */
export function smoothRefusal(who: string): EgressAnswer {
  return refusal(501, `${who}: ${NO_SMOOTH}`);
}

/** What is said of Microsoft Smooth Streaming. */
export const NO_SMOOTH = 'the local run does not serve Microsoft Smooth Streaming';
