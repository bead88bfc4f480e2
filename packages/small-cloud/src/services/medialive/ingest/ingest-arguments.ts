import type { SrtSettings } from '../contract/input-source';
import { FIRST_OF_EACH } from '../contract/passed-audio';
import type { IngestSource } from '../contract/pipeline-source';
import type { PushProtocol } from '../contract/push-endpoint';
import { rtpSession } from './rtp-session';
import { STAND_IN_CODEC, standInPattern } from './stand-in';

/** Options of the whole process. */
const PROCESS = [
  ['-hide_banner'],
  // Keys are not commands.
  ['-nostdin'],
  // Progress would fill the log.
  ['-nostats'],
  // Each line has its level; the streams of the input are told at `info`.
  ['-loglevel', 'level+info'],
].flat();

/** Tracks that are passed on unless a selector chooses others. */
const FIRST_TRACKS = [
  // `V` leaves out still pictures, such as the cover of an album.
  ['-map', '0:V:0'],
  ['-map', '0:a:0?'],
].flat();

/** Tracks of an HLS stream: ffmpeg chooses the best variant as long as no stream is mapped. */
const BEST_VARIANT = [
  // No subtitles.
  ['-sn'],
  // No data.
  ['-dn'],
].flat();

/** Video passes unchanged. */
const VIDEO = ['-c:v', 'copy'];

/**
 * Audio passes as PCM of one format. So a change of its channels, sample rate or codec ends in the ingest, and the
 * filters of the encoder are not made anew.
 */
const AUDIO = [
  // SMPTE 302M is PCM in an MPEG transport stream.
  ['-c:a', 's302m'],
  // ffmpeg calls its encoder of SMPTE 302M experimental.
  ['-strict', 'experimental'],
  ['-ar', '48000'],
  ['-sample_fmt', 's16'],
].flat();

/** Output to the encoder: a transport stream, which a restarted encoder can join anywhere, without any delay. */
const TO_ENCODER = [
  ['-f', 'mpegts'],
  // No delay for multiplexing.
  ['-muxdelay', '0'],
  ['-muxpreload', '0'],
  // Audio frames go out one by one.
  ['-pes_payload_size', '0'],
  // Video waits 0.2 s for audio that has stopped, not 10 s.
  ['-max_interleave_delta', '200000'],
  // Packets are written at once.
  ['-flush_packets', '1'],
  ['pipe:1'],
].flat();

/** Probing of an input. */
const PROBE = [
  // No frames are read to find the frame rate, which the encoder sets.
  ['-fpsprobesize', '0'],
  // A second holds the parameters of every stream.
  ['-analyzeduration', '1000000'],
].flat();

/** Probing of a transport stream. */
const TRANSPORT_STREAM = [
  // The default is 5 MB. Where audio is PCM, ffmpeg reads all of it, however long that takes; parameters that it has not
  // found by then it takes from the first frames.
  ['-probesize', '100000'],
  PROBE,
].flat();

/** The format of a transport stream that is in no other. */
const BARE = [
  ['-f', 'mpegts'],
  // Where a program map gives the streams other packet ids, they go on as the streams of the last map, in their order.
  ['-merge_pmt_versions', '1'],
].flat();

/** Reads a source at its own pace, not as fast as possible. */
const AT_ITS_PACE = '-re';

/** The same option, for the transport streams in HLS. Segments of fMP4 ignore it. */
const SEGMENTS = ['-seg_format_options', 'merge_pmt_versions=1'];

/** A file from a certain byte on. */
interface FilePart {
  readonly path?: string | undefined;
  readonly from?: number;
}

/**
 * Builds the arguments that play a source into standard output at its own pace.
 *
 * @param file - the path or URL of a file, and the byte that it begins at: 0 for all of it. @default the URL of the source
 * @param passed - the part of the source that is passed on. @default the first video and the first audio stream
 */
export function ingestArguments(source: IngestSource, file: FilePart = {}, passed = FIRST_OF_EACH): readonly string[] {
  const input = [...PROCESS, ...inputArguments(source, file)];
  const output = [...AUDIO, '-ac', String(passed.channels), ...TO_ENCODER];
  if (source.kind === 'stand-in') return [...input, ...STAND_IN_CODEC, ...output];
  const first = source.kind === 'pull' && source.protocol === 'hls' ? BEST_VARIANT : FIRST_TRACKS;
  const tracks = passed.tracks.length > 0 ? passed.tracks : first;
  return [...input, ...tracks, ...VIDEO, ...output];
}

/** Builds the end of a command line that publishes to a push input. */
export function publishArguments(protocol: PushProtocol, url: string, srt: SrtSettings): readonly string[] {
  switch (protocol) {
    case 'rtmp':
      return ['-f', 'flv', url];
    case 'srt':
      return ['-f', 'mpegts', ...streamId(srt), srtUrl(url, 'caller', srt)];
    case 'rtp':
      return ['-f', 'rtp_mpegts', `${url}?pkt_size=1316`];
    case 'udp':
      return ['-f', 'mpegts', `${url}?pkt_size=1316`];
  }
}

function inputArguments(source: IngestSource, { path, from = 0 }: FilePart): readonly string[] {
  switch (source.kind) {
    case 'file': {
      // Streams that begin after the probing are a change of the program.
      const input = [...PROBE, ...(source.isTransportStream ? BARE : []), '-i', path ?? source.url];
      // The rest of a file is played once: a loop would be of the rest alone.
      if (from > 0) return [AT_ITS_PACE, '-skip_initial_bytes', String(from), ...input];
      return [AT_ITS_PACE, ...(source.loop ? ['-stream_loop', '-1'] : []), ...input];
    }
    case 'pull':
      return pullArguments(source);
    case 'push':
      return pushArguments(source);
    case 'stand-in':
      return [AT_ITS_PACE, '-f', 'lavfi', '-i', standInPattern(source.what)];
  }
}

function pullArguments({ protocol, url, srt }: IngestSource & { kind: 'pull' }): readonly string[] {
  switch (protocol) {
    case 'hls':
      // Segments come in bursts, and a recording all at once.
      return [AT_ITS_PACE, ...PROBE, ...SEGMENTS, '-i', url];
    case 'rtmp':
      return [...PROBE, '-rtmp_live', 'live', '-i', url];
    case 'srt':
      return [...TRANSPORT_STREAM, ...BARE, ...streamId(srt), '-i', srtUrl(url, 'caller', srt)];
  }
}

function pushArguments({ endpoint: { protocol, url }, srt }: IngestSource & { kind: 'push' }): readonly string[] {
  switch (protocol) {
    case 'rtmp':
      // The listener of the input passes on its publisher's stream as FLV.
      return [...PROBE, '-f', 'flv', '-i', 'pipe:0'];
    case 'srt':
      return [...TRANSPORT_STREAM, ...BARE, '-i', srtUrl(url, 'listener', srt)];
    case 'rtp':
      return [...TRANSPORT_STREAM, ...rtpSession(url)];
    case 'udp':
      // Without a local address ffmpeg would listen on every interface. An overrun must not end the process.
      return [...TRANSPORT_STREAM, ...BARE, '-i', `${url}?localaddr=127.0.0.1&overrun_nonfatal=1&fifo_size=50000`];
  }
}

/** Builds the URL of SRT, whose latency ffmpeg counts in microseconds. */
function srtUrl(url: string, mode: 'caller' | 'listener', { latencyMs }: SrtSettings): string {
  return `${url}?mode=${mode}${latencyMs === undefined ? '' : `&latency=${Math.round(latencyMs * 1000)}`}`;
}

/** Builds the stream id of SRT. The option `-streamid` of ffmpeg means something else. */
function streamId({ streamId: id }: SrtSettings): readonly string[] {
  return id === undefined ? [] : ['-srt_streamid', id];
}
