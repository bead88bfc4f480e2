/** The formats that the player knows, in the words of `config.json` and of `?format=`. */
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
   * measurement with it: how far it stays behind is for the manifest to say (HOLD-BACK, suggestedPresentationDelay).
   */
  readonly targetLatencySeconds: number;
}

/** One live channel. */
export interface ChannelConfig {
  /** The name in the description of the channels, and in `?channel=`. */
  readonly name: string;
  /** The desired state in the description; an idle channel is not waited for in the same words as a late encoder. */
  readonly running: boolean;
  /** Length of a segment, in seconds; a stream that has not advanced for three of them (6 s at least) has stopped. */
  readonly segmentSeconds: number;
  /** At least one. */
  readonly manifests: readonly ManifestConfig[];
}

/** What `./config.json` holds: everything the page knows of the stack that it belongs to. */
export interface PlayerConfig {
  readonly title: string;
  /** At least one; names are unique. */
  readonly channels: readonly ChannelConfig[];
}

/** A configuration, or every reason why it is none, as `path: what was given; the rule`. */
export type ConfigReading =
  | { readonly kind: 'config'; readonly config: PlayerConfig }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

/**
 * Reads the parsed text of `config.json`. Keys that it does not know are let pass, so that a page still open in a
 * browser survives a newer stack.
 */
export function readConfig(value: unknown): ConfigReading {
  const problems: string[] = [];
  const refuse = (path: string, given: unknown, rule: string): void => {
    problems.push(`${path}: ${JSON.stringify(given) ?? 'nothing'}; ${rule}`);
  };

  const record = (path: string, given: unknown): Readonly<Record<string, unknown>> => {
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) return { ...given };
    refuse(path, given, 'must be an object');
    return {};
  };
  const text = (path: string, given: unknown): string => {
    if (typeof given === 'string' && given !== '') return given;
    refuse(path, given, 'must be a text');
    return '';
  };
  const seconds = (path: string, given: unknown): number => {
    if (typeof given === 'number' && given > 0 && Number.isFinite(given)) return given;
    refuse(path, given, 'must be seconds, more than 0');
    return 1;
  };
  const list = <T>(path: string, given: unknown, read: (path: string, entry: unknown) => T): readonly T[] => {
    if (Array.isArray(given) && given.length > 0) return given.map((entry, index) => read(`${path}[${index}]`, entry));
    refuse(path, given, 'must be a list with at least one entry');
    return [];
  };

  const manifest = (path: string, given: unknown): ManifestConfig => {
    const { format, url, targetLatencySeconds } = record(path, given);
    const known = FORMATS.find((name) => name === format);
    if (known === undefined) refuse(`${path}.format`, format, `must be one of ${FORMATS.join(', ')}`);
    if (typeof url !== 'string' || !/^\/(?!\/)/.test(url)) {
      refuse(`${path}.url`, url, 'must be a path on this site, beginning with one slash');
    }
    return {
      format: known ?? 'hls',
      url: String(url),
      targetLatencySeconds: seconds(`${path}.targetLatencySeconds`, targetLatencySeconds),
    };
  };
  const channel = (path: string, given: unknown): ChannelConfig => {
    const { name, running, segmentSeconds, manifests } = record(path, given);
    if (typeof running !== 'boolean') refuse(`${path}.running`, running, 'must be true or false');
    return {
      name: text(`${path}.name`, name),
      running: running === true,
      segmentSeconds: seconds(`${path}.segmentSeconds`, segmentSeconds),
      manifests: list(`${path}.manifests`, manifests, manifest),
    };
  };

  const { title, channels } = record('config.json', value);
  const config = { title: text('title', title), channels: list('channels', channels, channel) };
  config.channels.forEach(({ name }, index) => {
    if (config.channels.findIndex((other) => other.name === name) < index) {
      refuse(`channels[${index}].name`, name, 'must be unique');
    }
  });
  return problems.length > 0 ? { kind: 'problems', problems } : { kind: 'config', config };
}
