import { egressError } from './answer';

/** A request for a manifest that MediaPackage refuses. */
export class ManifestRequestError extends Error {
  override readonly name = 'ManifestRequestError';

  constructor(
    readonly status: 400 | 404,
    sentence: string,
  ) {
    super(sentence);
  }

  /** The answer to the viewer. */
  get answer() {
    return egressError(this.status, this.message);
  }
}

/** Names of settings in `aws.manifestsettings`. */
const SETTINGS = ['start', 'end', 'time_delay', 'manifest_window_seconds'] as const;
/** Parameters of a request that carry settings. */
const SETTINGS_PARAMETER = 'aws.manifestsettings';
const LEGACY = ['start', 'end'] as const;
/** Parameters that the local run does not model: it refuses them, as MediaPackage would not ignore them. */
const UNMODELLED = ['aws.manifestfilter', 'time_delay', 'm'];
/** Longest query of settings, in characters. */
const LONGEST = 1024;
/** Characters that must be percent-encoded in a query with several settings. */
const RESERVED = /[:;,+]/;

type SettingName = (typeof SETTINGS)[number];

/** Settings of a request, as the viewer wrote them, decoded. */
export interface ManifestSettings {
  readonly values: Readonly<Partial<Record<SettingName, string>>>;
  /** The settings that came in `aws.manifestsettings`; the others came as parameters of their own. */
  readonly namespaced: readonly SettingName[];
}

/**
 * Reads the settings of a query string; undefined without any.
 *
 * @param options.namespaced - false in v1, which knows `start` and `end` only.
 * @throws ManifestRequestError (400) for a setting that is unknown, given twice or not modelled.
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/msettings-params.html
 */
export function manifestSettings(
  search: string,
  { namespaced }: { readonly namespaced: boolean },
): ManifestSettings | undefined {
  const parameters = rawParameters(search);
  const unmodelled = UNMODELLED.find((name) => parameters.some(([key]) => key === name));
  if (unmodelled !== undefined) throw refused(`query parameter '${unmodelled}' is not modelled by the local run`);
  const own = parameters.filter(([key]) => key === SETTINGS_PARAMETER);
  if (own.length > 1) throw refused(`'${SETTINGS_PARAMETER}' was given twice; give all settings in one`);
  if (own.length > 0 && !namespaced) throw refused(`'${SETTINGS_PARAMETER}' is of v2; v1 takes start and end`);
  const given = [
    ...own.flatMap(([, raw]) => listedSettings(raw)),
    ...parameters.flatMap(([key, raw]) =>
      LEGACY.filter((name) => name === key).map((name) => [name, decoded(raw)] as const),
    ),
  ];
  const twice = given.find(([name], index) => given.findIndex(([other]) => other === name) !== index);
  if (twice) throw refused(`'${twice[0]}' was given twice; give each setting once`);
  if (given.length === 0) return undefined;
  const listed = own.flatMap(([, raw]) => listedSettings(raw)).map(([name]) => name);
  return { values: Object.fromEntries(given), namespaced: listed };
}

/** Writes the query string of a media playlist: the settings in alphabetical order. */
export function settingsQuery({ values, namespaced }: ManifestSettings, encode: boolean): string {
  const write = encode ? encodeURIComponent : (text: string) => text;
  const sorted = [...SETTINGS].sort().filter((name) => values[name] !== undefined);
  const inside = sorted.filter((name) => namespaced.includes(name)).map((name) => `${name}:${values[name]}`);
  const beside = sorted
    .filter((name) => !namespaced.includes(name))
    .map((name) => `${name}=${write(values[name] ?? '')}`);
  const own = inside.length > 0 ? [`${SETTINGS_PARAMETER}=${write(inside.join(';'))}`] : [];
  return `?${[...own, ...beside].join('&')}`;
}

/**
 * Reads the settings of `aws.manifestsettings`. With several, their separators must be percent-encoded; otherwise
 * MediaPackage reads only the first one.
 */
function listedSettings(raw: string): readonly (readonly [SettingName, string])[] {
  const text = decoded(raw);
  if (text.length > LONGEST) {
    throw refused(`'${SETTINGS_PARAMETER}' has ${text.length} characters; ${LONGEST} are allowed`);
  }
  const all = text.split(';');
  const read = all.length > 1 && RESERVED.test(raw) ? all.slice(0, 1) : all;
  return read.map((one) => {
    const [, written = '', value = ''] = /^([^:]*):(.*)$/.exec(one) ?? [];
    const name = SETTINGS.find((known) => known === written.toLowerCase());
    if (written.toLowerCase() === 'clip_start_time') {
      throw refused("'clip_start_time' is not modelled by the local run");
    }
    if (name === undefined || value === '') {
      throw refused(
        `'${one}' was given in ${SETTINGS_PARAMETER}; name:value is needed, and the names are ${SETTINGS.join(', ')}`,
      );
    }
    return [name, value] as const;
  });
}

/** Splits a query string. Values stay as they were sent, because their encoding matters. */
function rawParameters(search: string): readonly (readonly [string, string])[] {
  return search
    .replace(/^\?/, '')
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [decoded(name).toLowerCase(), value.join('=')] as const;
    });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refused(`'${text}' is not percent-encoded text`);
  }
}

function refused(sentence: string): ManifestRequestError {
  return new ManifestRequestError(400, sentence);
}
