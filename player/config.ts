import { Reader } from './reader';

/** Formats that the player knows, as `config.json` and `?format=` spell them. */
export const FORMATS = ['ll-hls', 'hls', 'dash', 'hls-ts'] as const;

/** Low-latency HLS, HLS, MPEG-DASH, or HLS with MPEG transport stream segments. */
export type Format = (typeof FORMATS)[number];

/** One manifest of a channel, as the origin offers it. */
export interface ManifestConfig {
  readonly format: Format;
  /** A path on the site that serves the player: `/out/v1/group/main/cmaf/index.m3u8`. */
  readonly url: string;
  /**
   * Glass-to-glass latency, in seconds, that the channel's settings were made for. The player only compares its
   * measurement with it; the manifest decides how far it stays behind (HOLD-BACK, suggestedPresentationDelay).
   */
  readonly targetLatencySeconds: number;
}

/** One live channel. */
export interface ChannelConfig {
  /** Name in the description of the channels, and in `?channel=`. */
  readonly name: string;
  /** Desired state in the description. The page words an idle channel and a late encoder differently. */
  readonly running: boolean;
  /** Length of a segment, in seconds. A stream that has not advanced for three of them (6 s at least) has stopped. */
  readonly segmentSeconds: number;
  /** At least one. */
  readonly manifests: readonly ManifestConfig[];
  /** Viewers of a private channel need a session. @default 'public' */
  readonly access?: 'public' | 'private';
  /** The ways to see what is past. They are read with the code that needs them, which is loaded for them. */
  readonly past?: PastConfig | undefined;
  /** Its chat. It is read with the code that shows it. */
  readonly chat?: unknown;
  /** Its polls. They are read with the code that shows them. */
  readonly polls?: unknown;
}

/** Members of a channel about its past, as they were given. */
export interface PastConfig {
  readonly rewind?: unknown;
  readonly recordings?: unknown;
  readonly startOver?: unknown;
}

/** Content of `./config.json`: all that the page knows of its stack. */
export interface PlayerConfig {
  readonly title: string;
  /** At least one; names are unique. */
  readonly channels: readonly ChannelConfig[];
  /** The way to let viewers of private channels in. It is read with the code that does so, which is loaded for them. */
  readonly access?: unknown;
  /** Where to report what viewers get. It is read with the code that does so. */
  readonly audience?: unknown;
  /** Ads in breaks. They are read with the code that shows them. */
  readonly ads?: unknown;
}

/** A configuration, or all its problems, as `path: what was given; the rule`. */
export type ConfigReading =
  | { readonly kind: 'config'; readonly config: PlayerConfig }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

/**
 * Reads the parsed content of `config.json`. Unknown keys are ignored, so that a page still open in a browser survives a
 * newer stack.
 */
export function readConfig(value: unknown): ConfigReading {
  const reader = new Reader();
  const { title, channels, access, audience, ads } = reader.record('config.json', value);
  const config = {
    title: reader.string('title', title),
    channels: reader.list('channels', channels, (path, channel) => readChannel(reader, path, channel)),
    access,
    audience,
    ads,
  };
  config.channels.forEach(({ name }, index) => {
    if (config.channels.findIndex((other) => other.name === name) < index) {
      reader.refuse(`channels[${index}].name`, name, 'a name of its own is needed');
    }
  });
  const { problems } = reader;
  return problems.length > 0 ? { kind: 'problems', problems } : { kind: 'config', config };
}

function readChannel(reader: Reader, path: string, given: unknown): ChannelConfig {
  const { name, running, segmentSeconds, manifests, access, ...rest } = reader.record(path, given);
  if (access !== undefined && access !== 'public' && access !== 'private') {
    reader.refuse(`${path}.access`, access, 'public or private is needed');
  }
  if (typeof running !== 'boolean') reader.refuse(`${path}.running`, running, 'true or false is needed');
  return {
    name: reader.string(`${path}.name`, name),
    running: running === true,
    segmentSeconds: reader.seconds(`${path}.segmentSeconds`, segmentSeconds),
    manifests: reader.list(`${path}.manifests`, manifests, (at, manifest) => readManifest(reader, at, manifest)),
    access: access === 'private' ? access : undefined,
    chat: rest['chat'],
    polls: rest['polls'],
    // A start over comes with recordings.
    past: rest['rewind'] || rest['recordings'] ? rest : undefined,
  };
}

function readManifest(reader: Reader, path: string, given: unknown): ManifestConfig {
  const { format, url, targetLatencySeconds } = reader.record(path, given);
  const known = FORMATS.find((name) => name === format);
  if (known === undefined) reader.refuse(`${path}.format`, format, `one of ${FORMATS.join(', ')} is needed`);
  if (typeof url !== 'string' || !/^\/(?!\/)/.test(url)) {
    reader.refuse(`${path}.url`, url, 'a path that begins with one slash is needed');
  }
  return {
    format: known ?? 'hls',
    url: String(url),
    targetLatencySeconds: reader.seconds(`${path}.targetLatencySeconds`, targetLatencySeconds),
  };
}
