/**
 * The functions of Athena's engine that the local run knows, each with DuckDB's name for it. Where the two differ in what
 * they do, the name is that of a macro of `macros.ts`, which does as Athena does.
 *
 * @see https://trino.io/docs/current/functions.html
 */
export interface KnownFunction {
  /** DuckDB's name. */
  readonly name: string;
  /** Smallest and largest number of arguments. */
  readonly arguments: readonly [number, number];
}

const MANY = 20;

/** Functions that both engines have under one name, by their numbers of arguments. */
const SAME: Readonly<Record<string, readonly [number, number]>> = {
  ...counted([0, 0], 'count_star pi now row_number rank dense_rank percent_rank cume_dist'),
  ...counted([0, 1], 'count'),
  ...counted(
    [1, 1],
    'sum avg stddev stddev_samp stddev_pop variance var_samp var_pop count_if array_agg bool_and bool_or',
  ),
  ...counted([1, 1], 'abs ceil ceiling floor sqrt cbrt exp ln log10 log2 sign degrees radians'),
  ...counted([1, 1], 'length lower upper reverse md5 histogram typeof first_value last_value ntile'),
  ...counted([1, 1], 'year quarter month week day hour minute second'),
  ...counted([1, 2], 'min max round trim ltrim rtrim'),
  ...counted([2, 2], 'power pow mod strpos starts_with max_by min_by corr nullif date_trunc nth_value'),
  ...counted([3, 3], 'lpad rpad'),
  ...counted([2, 3], 'substr substring'),
  ...counted([1, 3], 'lag lead'),
  ...counted([1, MANY], 'coalesce'),
  ...counted([3, 3], 'replace'),
};

/** Functions that have another name in DuckDB, or a macro. */
const OTHER: Readonly<Record<string, KnownFunction>> = {
  any_value: { name: 'any_value', arguments: [1, 1] },
  approx_distinct: { name: 'approx_count_distinct', arguments: [1, 1] },
  approx_percentile: { name: 'approx_quantile', arguments: [2, 2] },
  arbitrary: { name: 'any_value', arguments: [1, 1] },
  array_distinct: { name: 'list_distinct', arguments: [1, 1] },
  array_join: { name: 'array_to_string', arguments: [2, 2] },
  array_max: { name: 'list_max', arguments: [1, 1] },
  array_min: { name: 'list_min', arguments: [1, 1] },
  array_sort: { name: 'list_sort', arguments: [1, 1] },
  cardinality: { name: 'len', arguments: [1, 1] },
  concat: { name: 'concat', arguments: [2, MANY] },
  contains: { name: 'list_contains', arguments: [2, 2] },
  date: { name: 'athena_date', arguments: [1, 1] },
  date_add: { name: 'athena_date_add', arguments: [3, 3] },
  date_diff: { name: 'date_sub', arguments: [3, 3] },
  date_format: { name: 'strftime', arguments: [2, 2] },
  date_parse: { name: 'strptime', arguments: [2, 2] },
  day_of_month: { name: 'day', arguments: [1, 1] },
  day_of_week: { name: 'isodow', arguments: [1, 1] },
  day_of_year: { name: 'dayofyear', arguments: [1, 1] },
  element_at: { name: 'athena_element_at', arguments: [2, 2] },
  every: { name: 'bool_and', arguments: [1, 1] },
  from_iso8601_timestamp: { name: 'athena_from_iso8601', arguments: [1, 1] },
  from_unixtime: { name: 'to_timestamp', arguments: [1, 1] },
  greatest: { name: 'athena_greatest', arguments: [2, 4] },
  is_finite: { name: 'isfinite', arguments: [1, 1] },
  is_infinite: { name: 'isinf', arguments: [1, 1] },
  is_nan: { name: 'isnan', arguments: [1, 1] },
  json_extract_scalar: { name: 'athena_json_scalar', arguments: [2, 2] },
  least: { name: 'athena_least', arguments: [2, 4] },
  regexp_extract: { name: 'athena_regexp_extract', arguments: [2, 3] },
  regexp_like: { name: 'regexp_matches', arguments: [2, 2] },
  regexp_replace: { name: 'athena_regexp_replace', arguments: [2, 3] },
  sequence: { name: 'generate_series', arguments: [2, 3] },
  split: { name: 'string_split', arguments: [2, 2] },
  split_part: { name: 'athena_split_part', arguments: [3, 3] },
  to_unixtime: { name: 'epoch', arguments: [1, 1] },
  truncate: { name: 'trunc', arguments: [1, 1] },
  url_decode: { name: 'athena_url_decode', arguments: [1, 1] },
  url_encode: { name: 'url_encode', arguments: [1, 1] },
  url_extract_host: { name: 'athena_url_host', arguments: [1, 1] },
  url_extract_parameter: { name: 'athena_url_parameter', arguments: [2, 2] },
  url_extract_path: { name: 'athena_url_path', arguments: [1, 1] },
  url_extract_query: { name: 'athena_url_query', arguments: [1, 1] },
};

/** Finds a function by its name in a query; undefined for one that the local run does not know. */
export function knownFunction(name: string): KnownFunction | undefined {
  if (Object.hasOwn(OTHER, name)) return OTHER[name];
  const count = Object.hasOwn(SAME, name) ? SAME[name] : undefined;
  return count === undefined ? undefined : { name, arguments: count };
}

/** The names of all functions that a query may call. */
export function knownFunctions(): readonly string[] {
  return [...Object.keys(SAME), ...Object.keys(OTHER)].filter((name) => name !== 'count_star').sort();
}

function counted(count: readonly [number, number], names: string): Record<string, readonly [number, number]> {
  return Object.fromEntries(names.split(' ').map((name) => [name, count]));
}
