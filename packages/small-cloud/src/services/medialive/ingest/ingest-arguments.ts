import type { SrtSettings } from '../contract/input-source';
import { FIRST_OF_EACH } from '../contract/passed-audio';
import type { IngestSource } from '../contract/pipeline-source';
import type { PushProtocol } from '../contract/push-endpoint';

/** The picture that moves: `V` leaves out the cover of an album. */
const FIRST_TRACKS = ['-map', '0:V:0', '-map', '0:a:0?'];
/**
 * The picture passes as it is. Sound passes as PCM of one format (SMPTE 302M), so that a change of its channels, its
 * sample rate or its codec ends here, and the encoder's filters are not made anew.
 */
const VIDEO = ['-c:v', 'copy'];
const AUDIO = ['-c:a', 's302m', '-strict', 'experimental', '-ar', '48000', '-sample_fmt', 's16'];
/**
 * Latency of the stages, in the order of the stream: an MPEG transport stream that holds nothing back (audio frames
 * one by one, no multiplexing delay) and little probing. Between the stages an MPEG transport stream, because a
 * restarted encoder can join one in its middle. The picture waits 0.2 s for sound that has stopped, not 10 s.
 */
const TO_PIPE = [
  ...['-f', 'mpegts', '-muxdelay', '0', '-muxpreload', '0', '-pes_payload_size', '0'],
  ...['-max_interleave_delta', '200000'],
];
const AT_ONCE = ['-flush_packets', '1', 'pipe:1'];
/** Words on standard error: each line with its level, the streams of the input, no progress. */
const WORDS = ['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+info'];
const PROBE = ['-fpsprobesize', '0', '-analyzeduration', '1000000'];
const TRANSPORT_STREAM = ['-probesize', '1000000', ...PROBE, '-f', 'mpegts'];

/** Size of the test pattern. Its caption keeps it from being mistaken for the source in the template. */
const STAND_IN_SIZE = 'size=1280x720:rate=30';
const STAND_IN_CODEC = '-c:v libx264 -preset ultrafast -tune zerolatency -pix_fmt yuv420p -g 30'.split(' ');

/**
 * Builds the arguments that play a source into standard output at its own pace.
 *
 * @param file - the file that holds the object, for a file of S3.
 * @param passed - the part of the source that is passed on. @default the first video and the first audio stream
 */
export function ingestArguments(source: IngestSource, file = '', passed = FIRST_OF_EACH): readonly string[] {
  const input = inputArguments(source, file);
  const audio = [...AUDIO, '-ac', String(passed.channels)];
  if (source.kind === 'stand-in') return [...WORDS, ...input, ...STAND_IN_CODEC, ...audio, ...TO_PIPE, ...AT_ONCE];
  // ffmpeg chooses the best variant of an HLS stream as long as no stream is mapped.
  const best = source.kind === 'pull' && source.protocol === 'hls' ? ['-sn', '-dn'] : FIRST_TRACKS;
  const tracks = passed.tracks.length > 0 ? passed.tracks : best;
  return [...WORDS, ...input, ...tracks, ...VIDEO, ...audio, ...TO_PIPE, ...AT_ONCE];
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

function inputArguments(source: IngestSource, file: string): readonly string[] {
  switch (source.kind) {
    case 'file':
      return ['-re', ...(source.loop ? ['-stream_loop', '-1'] : []), '-i', source.object ? file : source.url];
    case 'pull':
      return pullArguments(source);
    case 'push':
      return pushArguments(source);
    case 'stand-in':
      return ['-re', '-f', 'lavfi', '-i', standInPattern(source.what)];
  }
}

function pullArguments({ protocol, url, srt }: IngestSource & { kind: 'pull' }): readonly string[] {
  switch (protocol) {
    case 'hls':
      // Segments come in bursts, and a recording all at once.
      return ['-re', ...PROBE, '-i', url];
    case 'rtmp':
      return [...PROBE, '-rtmp_live', 'live', '-i', url];
    case 'srt':
      return [...TRANSPORT_STREAM, ...streamId(srt), '-i', srtUrl(url, 'caller', srt)];
  }
}

function pushArguments({ endpoint: { protocol, url }, srt }: IngestSource & { kind: 'push' }): readonly string[] {
  switch (protocol) {
    case 'rtmp':
      // The listener of the input hands on what it takes, as FLV.
      return [...PROBE, '-f', 'flv', '-i', 'pipe:0'];
    case 'srt':
      return [...TRANSPORT_STREAM, '-i', srtUrl(url, 'listener', srt)];
    case 'rtp':
      return [...PROBE, '-i', `${url}?localaddr=127.0.0.1`];
    case 'udp':
      // Without a local address ffmpeg would listen on every interface.
      return [...TRANSPORT_STREAM, '-i', `${url}?localaddr=127.0.0.1&overrun_nonfatal=1&fifo_size=50000`];
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

function standInPattern(what: string): string {
  const box = 'fontcolor=white:box=1:boxcolor=black:boxborderw=20:x=(w-tw)/2';
  const caption = `drawtext=text=STAND-IN:fontsize=120:y=(h-th)/2-60:${box}`;
  const reason = `drawtext=text='for ${what}':fontsize=40:y=h/2+80:${box}`;
  return `smptehdbars=${STAND_IN_SIZE},${caption},${reason}[out0];sine=frequency=440:sample_rate=48000[out1]`;
}
