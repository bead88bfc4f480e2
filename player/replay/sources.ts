import type { Format, PastConfig } from '../config';
import type { Reader } from '../reader';
import { sitePath } from './site-path';

/** A manifest that reaches further back than the live one. */
export interface LongManifest {
  readonly format: Format;
  /** A path on the site that serves the page. */
  readonly url: string;
}

/** The ways into the past of one channel. */
export interface Sources {
  /** The long manifests, and the length of their window. */
  readonly rewind: { readonly seconds: number; readonly manifests: readonly LongManifest[] } | undefined;
  /** The manifests that can begin at a moment of the viewer's choice. */
  readonly startOver: readonly LongManifest[];
  /** Path of the catalogue. */
  readonly recordings: string | undefined;
}

/** The ways of a channel that offers none. */
export const NO_SOURCES: Sources = { rewind: undefined, startOver: [], recordings: undefined };

const FORMATS: Readonly<Record<Format, true>> = { 'll-hls': true, hls: true, dash: true, 'hls-ts': true };

/**
 * Reads the members of a channel in `config.json` about its past. A member that cannot be read is left out.
 *
 * @param reader - collects the problems.
 */
export function readSources(reader: Reader, { rewind, recordings, startOver }: PastConfig = {}): Sources {
  const catalogue = recordings === undefined ? undefined : sitePath(recordings);
  if (recordings !== undefined && catalogue === undefined) {
    reader.refuse('recordings', recordings, 'a path on this site is needed');
  }
  return {
    rewind: rewind === undefined ? undefined : readRewind(reader, rewind),
    startOver: startOver === undefined || isEmpty(startOver) ? [] : readManifests(reader, 'startOver', startOver),
    recordings: catalogue,
  };
}

function readRewind(reader: Reader, given: unknown): Sources['rewind'] {
  const before = reader.problems.length;
  const { seconds, manifests } = reader.record('rewind', given);
  const rewind = {
    seconds: reader.seconds('rewind.seconds', seconds),
    manifests: readManifests(reader, 'rewind.manifests', manifests),
  };
  return reader.problems.length > before ? undefined : rewind;
}

/** Reads manifests. A format that this page does not know is passed over. */
function readManifests(reader: Reader, path: string, given: unknown): readonly LongManifest[] {
  const read = reader.list(path, given, (at, entry) => {
    const { format, url } = reader.record(at, entry);
    const clean = sitePath(url);
    if (clean === undefined) reader.refuse(`${at}.url`, url, 'a path on this site is needed');
    return clean === undefined || !isFormat(format) ? [] : [{ format, url: clean }];
  });
  return read.flat();
}

/** An origin that cannot begin at a moment may be listed with no manifest. */
const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

const isFormat = (value: unknown): value is Format => typeof value === 'string' && Object.hasOwn(FORMATS, value);
