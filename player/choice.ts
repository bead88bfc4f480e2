import type { Breaks } from './breaks';
import { type ChannelConfig, FORMATS, type Format, type PlayerConfig } from './config';
import { FORMAT_NAMES } from './format-names';
import type { Gate } from './gate';
import type { Past } from './past';

/** The player of a manifest: one of the two libraries, or the browser itself. */
export type EngineName = 'hls.js' | 'dash.js' | 'native';

/** Capabilities of the browser. */
export interface Capabilities {
  /** Media Source Extensions: both libraries work. */
  readonly mediaSource: boolean;
  /** Only the managed kind (iPhone): dash.js works, and the browser's own HLS player is the better choice. */
  readonly managedMediaSource: boolean;
  /** The video element plays HLS without a library. */
  readonly nativeHls: boolean;
}

/** Wishes in the query string of the page; every part is as the viewer wrote it, and may be nonsense. */
export interface Wish {
  readonly channel?: string;
  readonly format?: string;
  /** A rendition's name, such as `720p`; absent for automatic. */
  readonly quality?: string;
  /** Address of another manifest, to be played in place of a channel. */
  readonly manifest?: string;
  /** A moment of the live show in ISO 8601, or of a recording in seconds. */
  readonly moment?: string;
  /** A recording, as `<channel>/<id>`. */
  readonly recording?: string;
}

/** The stream to play, and the engine that plays it. */
export interface Choice {
  readonly kind: 'choice';
  /** Undefined for a manifest that is not a channel of this stack. */
  readonly channel: ChannelConfig | undefined;
  readonly format: Format;
  readonly url: string;
  readonly engine: EngineName;
  readonly segmentSeconds: number;
  readonly targetLatencySeconds: number | undefined;
  readonly quality: string | undefined;
  /** Sentences for the viewer about wishes that could not be met. */
  readonly notices: readonly string[];
  /** Permission to play a private channel; absent for everything else. */
  readonly gate?: Gate;
  /** Wishes of the address that concern the past; see {@link Wish}. */
  readonly moment?: string | undefined;
  readonly recording?: string | undefined;
  /** The stretch of the past that plays; absent for live. */
  readonly past?: Past;
  /** Ads in its breaks; absent where there are none. */
  readonly ads?: Breaks;
  /** Adds an event of the page to the report of this viewing; absent where the audience is not measured. */
  readonly tell?: (event: PageEvent) => void;
}

/** An event that CMCD has no word for: its name, and keys of its own. */
export interface PageEvent {
  readonly name: string;
  readonly keys: Readonly<Record<string, string>>;
}

/** The reason that nothing can be played, in a sentence. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly sentence: string;
}

/** Assumed segment length of a manifest outside the configuration, in seconds: the default of most packagers. */
const UNKNOWN_SEGMENT_SECONDS = 6;

/** Reads the query string of the page (`location.search`). */
export function readWish(search: string): Wish {
  const query = new URLSearchParams(search);
  const read = (key: string): string | undefined => query.get(key)?.trim() || undefined;
  const recording = read('recording');
  return {
    channel: recording?.split('/')[0] ?? read('channel'),
    format: read('format'),
    quality: read('quality'),
    manifest: read('manifest'),
    moment: read('t'),
    recording,
  };
}

/** Query string that leads another viewer to the same choice. */
export function addressOf(choice: Choice): string {
  const query = new URLSearchParams();
  if (choice.recording !== undefined) query.set('recording', choice.recording);
  else if (choice.channel !== undefined) query.set('channel', choice.channel.name);
  else query.set('manifest', choice.url);
  if (choice.moment !== undefined) query.set('t', choice.moment);
  query.set('format', choice.format);
  if (choice.quality !== undefined) query.set('quality', choice.quality);
  return `?${query}`;
}

/** The engine that plays a format in this browser; undefined when none does. */
export function engineFor(
  format: Format,
  { mediaSource, managedMediaSource, nativeHls }: Capabilities,
): EngineName | undefined {
  if (format === 'dash') return mediaSource || managedMediaSource ? 'dash.js' : undefined;
  if (mediaSource) return 'hls.js';
  return nativeHls ? 'native' : managedMediaSource ? 'hls.js' : undefined;
}

/**
 * Chooses the stream that the viewer asked for, or the nearest one in the configuration.
 *
 * @param config - undefined when it could not be read; another manifest can still be played.
 * @param page - address of the page; a manifest's address is resolved against it.
 */
export function choose(
  config: PlayerConfig | undefined,
  wish: Wish,
  capabilities: Capabilities,
  page: string,
): Choice | Refusal {
  if (wish.manifest !== undefined) return chooseOther(wish.manifest, wish, capabilities, page);
  const [first] = config?.channels ?? [];
  if (config === undefined || first === undefined) return refusal('There is no channel to play.');

  const notices: string[] = [];
  const named = config.channels.find(({ name }) => name === wish.channel);
  const channel = named ?? first;
  if (wish.channel !== undefined && named === undefined) {
    notices.push(`There is no channel “${wish.channel}”; “${channel.name}” is playing instead.`);
  }

  const playable = FORMATS.flatMap((format) => channel.manifests.filter((manifest) => manifest.format === format))
    .map((manifest) => ({ manifest, engine: engineFor(manifest.format, capabilities) }))
    .flatMap(({ manifest, engine }) => (engine === undefined ? [] : [{ manifest, engine }]));
  const [best] = playable;
  if (best === undefined) return refusal(`This browser can play none of the formats of “${channel.name}”.`);
  const asked = playable.find(({ manifest }) => manifest.format === wish.format);
  const { manifest, engine } = asked ?? best;
  if (wish.format !== undefined && asked === undefined) {
    const offered = channel.manifests.some(({ format }) => format === wish.format);
    const reason = offered ? 'This browser does not play' : `“${channel.name}” is not offered as`;
    notices.push(`${reason} “${wish.format}”; ${FORMAT_NAMES[manifest.format]} is playing instead.`);
  }
  return {
    kind: 'choice',
    channel,
    ...manifest,
    engine,
    segmentSeconds: channel.segmentSeconds,
    quality: wish.quality,
    notices,
    moment: wish.moment,
    recording: wish.recording,
  };
}

function chooseOther(manifest: string, wish: Wish, capabilities: Capabilities, page: string): Choice | Refusal {
  const url = URL.canParse(manifest, page) ? new URL(manifest, page) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    return refusal(`“${manifest}” is not the address of a manifest.`);
  }
  const isOurs = url.origin === new URL(page).origin;
  // The page's content security policy blocks the rest anyway, but without telling the viewer.
  if (url.protocol !== 'https:' && !isOurs) {
    return refusal('Only https addresses and addresses of this site can be opened: browsers block all others.');
  }
  const guess: Format = /\.mpd$/i.test(url.pathname) ? 'dash' : 'hls';
  const format = FORMATS.find((name) => name === wish.format) ?? guess;
  const engine = engineFor(format, capabilities);
  if (engine === undefined) return refusal(`This browser does not play ${FORMAT_NAMES[format]}.`);
  return {
    kind: 'choice',
    channel: undefined,
    format,
    url: url.href,
    engine,
    segmentSeconds: UNKNOWN_SEGMENT_SECONDS,
    targetLatencySeconds: undefined,
    quality: wish.quality,
    notices: isOurs ? [] : [`This video comes from ${url.host}, not from this site.`],
  };
}

const refusal = (sentence: string): Refusal => ({ kind: 'refusal', sentence });
