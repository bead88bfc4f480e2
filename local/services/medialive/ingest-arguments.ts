import type { IngestSource } from './data-plane';
import type { SrtSettings } from './input';
import type { PushProtocol } from './push-endpoint';

/**
 * Latency of the stages, in the order of the stream: an MPEG transport stream that holds nothing back (audio frames
 * one by one, no multiplexing delay) and little probing. Between the stages an MPEG transport stream, because a
 * restarted encoder can join one in its middle.
 */
const FIRST_TRACKS = ['-map', '0:v:0', '-map', '0:a:0?'];
const COPIED = ['-c', 'copy'];
const TO_PIPE = ['-f', 'mpegts', '-muxdelay', '0', '-muxpreload', '0', '-pes_payload_size', '0'];
const AT_ONCE = ['-flush_packets', '1', 'pipe:1'];
const QUIET = ['-hide_banner', '-nostdin', '-loglevel'];
const PROBE = ['-fpsprobesize', '0', '-analyzeduration', '1000000'];
const TRANSPORT_STREAM = ['-probesize', '1000000', ...PROBE, '-f', 'mpegts'];

/** Bars of 720p; the caption keeps them from being taken for what the template asks for. */
const STAND_IN_SIZE = 'size=1280x720:rate=30';
const STAND_IN_CODECS = [
  ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-pix_fmt', 'yuv420p', '-g', '30'],
  ...['-c:a', 'aac', '-b:a', '96k'],
];

/**
 * Arguments that play a source into standard output, as it is, at its own pace.
 *
 * @param file - the file that holds the object, for a file of S3.
 * @param chosen - what of the source is passed on; left out, the first picture and the first sound.
 */
export function ingestArguments(source: IngestSource, file = '', chosen?: readonly string[]): readonly string[] {
  const input = inputArguments(source, file);
  if (source.kind === 'stand-in') return [...QUIET, 'error', ...input, ...STAND_IN_CODECS, ...TO_PIPE, ...AT_ONCE];
  // Of the variants of an HLS stream ffmpeg itself takes the best, as long as it is not told which.
  const best = source.kind === 'pull' && source.protocol === 'hls' ? ['-sn', '-dn'] : FIRST_TRACKS;
  const tracks = chosen ?? best;
  return [...QUIET, logLevel(source), ...input, ...tracks, ...COPIED, ...TO_PIPE, ...AT_ONCE];
}

/** The end of a command line that publishes to a push input. */
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
      return ['-re', '-f', 'lavfi', '-i', standInPicture(source.what)];
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
      return [...PROBE, '-listen', '1', '-i', url];
    case 'srt':
      return [...TRANSPORT_STREAM, '-i', srtUrl(url, 'listener', srt)];
    case 'rtp':
      return [...PROBE, '-i', `${url}?localaddr=127.0.0.1`];
    case 'udp':
      // Without a local address ffmpeg would listen on every interface.
      return [...TRANSPORT_STREAM, '-i', `${url}?localaddr=127.0.0.1&overrun_nonfatal=1&fifo_size=50000`];
  }
}

/** ffmpeg counts the latency of SRT in microseconds. */
function srtUrl(url: string, mode: 'caller' | 'listener', { latencyMs }: SrtSettings): string {
  return `${url}?mode=${mode}${latencyMs === undefined ? '' : `&latency=${Math.round(latencyMs * 1000)}`}`;
}

/** The option `-streamid` of ffmpeg is another one. */
function streamId({ streamId: id }: SrtSettings): readonly string[] {
  return id === undefined ? [] : ['-srt_streamid', id];
}

/** Warnings tell of a wrong stream name of RTMP. */
function logLevel(source: IngestSource): string {
  return source.kind === 'push' && source.endpoint.protocol === 'rtmp' ? 'warning' : 'error';
}

function standInPicture(what: string): string {
  const box = 'fontcolor=white:box=1:boxcolor=black:boxborderw=20:x=(w-tw)/2';
  const caption = `drawtext=text=STAND-IN:fontsize=120:y=(h-th)/2-60:${box}`;
  const reason = `drawtext=text='for ${what}':fontsize=40:y=h/2+80:${box}`;
  return `smptehdbars=${STAND_IN_SIZE},${caption},${reason}[out0];sine=frequency=440:sample_rate=48000[out1]`;
}
