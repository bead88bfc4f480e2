import { UnsupportedError } from '../../../contract';
import type { Clip, PulledStream, SrtSettings } from '../contract/input-source';
import { refused } from '../contract/service-error';
import type { Settings } from './settings';

const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];
const SCHEMES = { file: ['http:', 'https:'], hls: ['http:', 'https:'], rtmp: ['rtmp:'] } as const;

/**
 * Endings of the paths of files.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/inputs-live-vs-file.html
 */
const ENDINGS = { MP4_FILE: ['.mp4'], TS_FILE: ['.ts', '.m2ts'] } as const;

/**
 * Reads a file of an `MP4_FILE` or `TS_FILE` input.
 *
 * @throws UnsupportedError for a URL that the local run cannot read.
 * @throws ServiceError for a path with another ending, and a bucket whose name has a dot.
 */
export function clip(type: keyof typeof ENDINGS, source: Settings): Clip {
  const url = source.text('Url');
  const path = url.replace(/[?#].*$/s, '');
  if (!ENDINGS[type].some((ending) => path.toLowerCase().endsWith(ending))) {
    throw refused(
      `${source.at('Url')}: ${path} was given; the path of an input of type ${type} ends in ${ENDINGS[type].join(' or ')}`,
    );
  }
  const match = /^s3(?:ssl)?:\/\/([^/]+)\/(.+)$/.exec(url);
  if (match?.[1]?.includes('.')) {
    throw refused(`${source.at('Url')}: ${match[1]} is a bucket with a dot in its name, which is not read`);
  }
  if (match?.[1] !== undefined && match[2] !== undefined) return { url, object: { bucket: match[1], key: match[2] } };
  return { url, object: undefined, ...outside(isLocal(url, source.at('Url'), 'file'), source) };
}

/**
 * Reads a stream of a `URL_PULL` or `RTMP_PULL` input. @throws UnsupportedError for a URL that the local run cannot
 * pull.
 */
export function webStream(protocol: 'hls' | 'rtmp', source: Settings): PulledStream {
  const url = source.text('Url');
  return { protocol, url, srt: {}, ...outside(isLocal(url, source.at('Url'), protocol), source) };
}

/** Reads a source of an `SRT_CALLER` input. @throws ServiceError for an impossible port. */
export function srtCaller(source: Settings): PulledStream {
  const address = source.text('SrtListenerAddress');
  const port = source.number('SrtListenerPort');
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw refused(`${source.at('SrtListenerPort')}: ${port} was given; a port from 1 to 65535 is needed`);
  }
  const here = isLoopback(address);
  return { protocol: 'srt', url: `srt://${address}:${port}`, srt: srtSettings(source), ...outside(here, source) };
}

/** Reads the settings of an `SRT_LISTENER` input, which may be left out. */
export function srtListener(settings: Settings): SrtSettings {
  if (!settings.has('SrtSettings')) return {};
  const section = settings.section('SrtSettings');
  return section.has('SrtListenerSettings') ? srtSettings(section.section('SrtListenerSettings')) : {};
}

/** Reads the name that a publisher of an `RTMP_PUSH` input gives. */
export function streamName(destination: Settings): string {
  const name = destination.text('StreamName');
  if (/^[^/\s]+\/[^/\s]+$/.test(name)) return name;
  throw refused(`${destination.at('StreamName')}: "${name}" was given; application/instance is needed`);
}

/** Reads the ARN of a flow of a `MEDIACONNECT` input. */
export function flow(entry: Settings): string {
  return entry.text('FlowArn');
}

/** Reads the id of a device of an `INPUT_DEVICE` input. */
export function device(entry: Settings): string {
  return entry.text('Id');
}

function srtSettings(settings: Settings): SrtSettings {
  const latencyMs = settings.has('MinimumLatency') ? settings.number('MinimumLatency') : undefined;
  if (latencyMs !== undefined && (latencyMs < 120 || latencyMs > 15_000)) {
    throw refused(
      `${settings.at('MinimumLatency')}: ${latencyMs} was given; milliseconds from 120 to 15000 are needed`,
    );
  }
  return {
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(settings.has('StreamId') ? { streamId: settings.text('StreamId') } : {}),
    ...(settings.has('Decryption') ? { passphraseIn: passphrase(settings.section('Decryption')) } : {}),
  };
}

function passphrase(decryption: Settings): string {
  decryption.choice('Algorithm', ['AES128', 'AES192', 'AES256']);
  return decryption.text('PassphraseSecretArn');
}

/** Tells whether a URL leads to this machine. @throws UnsupportedError for a URL that the local run cannot read. */
function isLocal(url: string, path: string, what: keyof typeof SCHEMES): boolean {
  const schemes: readonly string[] = SCHEMES[what];
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !schemes.includes(parsed.protocol)) {
    const reads = [
      ...(what === 'file' ? ['s3ssl://bucket/key'] : []),
      ...schemes.map((each) => `${each}//127.0.0.1/…`),
    ];
    throw new UnsupportedError(`${path}: ${url} is not modelled by the local run; it reads ${reads.join(', ')}`);
  }
  // URL parsers disagree on which side of an @ or a backslash the host is.
  return isLoopback(parsed.hostname) && !/[@\\\s]/.test(url);
}

/**
 * Recognizes the loopback addresses that an ingest process lets ffmpeg reach. There are more, but they are never used.
 */
function isLoopback(host: string): boolean {
  return LOOPBACK.includes(host);
}

/** Marks a source that is not on this machine. Its user name and password are read and not used. */
function outside(isHere: boolean, source: Settings): { readonly outside?: true } {
  if (isHere) return {};
  for (const key of ['Username', 'PasswordParam']) if (source.has(key)) source.text(key);
  return { outside: true };
}
