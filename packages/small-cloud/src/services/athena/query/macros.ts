/** Functions that behave as Athena's do, where DuckDB's of that purpose behave otherwise. Each is one statement. */
export const MACROS: readonly string[] = [
  // Whole numbers and decimals are not divided by zero. The quotient of whole numbers is a whole number by a setting.
  `CREATE MACRO athena_divide(a, b) AS CASE WHEN b = 0 AND typeof(a / b) NOT IN ('DOUBLE', 'FLOAT')
     THEN error('DIVISION_BY_ZERO: Division by zero') ELSE a / b END`,
  `CREATE MACRO athena_modulo(a, b) AS CASE WHEN b = 0 AND typeof(a % b) NOT IN ('DOUBLE', 'FLOAT')
     THEN error('DIVISION_BY_ZERO: Division by zero') ELSE a % b END`,
  // Text is joined with text only.
  `CREATE MACRO athena_join(a, b) AS CASE WHEN (typeof(a) = 'VARCHAR') <> (typeof(b) = 'VARCHAR')
       AND typeof(a) <> '"NULL"' AND typeof(b) <> '"NULL"'
     THEN error('TYPE_MISMATCH: Unexpected parameters (' || typeof(a) || ', ' || typeof(b) || ') for function concat')
     ELSE a || b END`,
  // Times become text with milliseconds.
  `CREATE MACRO athena_text(x) AS CASE typeof(x)
     WHEN 'TIMESTAMP' THEN strftime(TRY_CAST(CAST(x AS VARCHAR) AS TIMESTAMP), '%Y-%m-%d %H:%M:%S.%g')
     WHEN 'TIMESTAMP WITH TIME ZONE'
       THEN strftime(TRY_CAST(CAST(x AS VARCHAR) AS TIMESTAMPTZ), '%Y-%m-%d %H:%M:%S.%g') || ' UTC'
     ELSE CAST(x AS VARCHAR) END`,
  // One null argument is enough for a null.
  extreme('greatest'),
  extreme('least'),
  'CREATE MACRO athena_date(x) AS CAST(x AS DATE)',
  'CREATE MACRO athena_from_iso8601(x) AS CAST(x AS TIMESTAMPTZ)',
  `CREATE MACRO athena_date_add(unit, n, x) AS x + CASE unit
     WHEN 'second' THEN to_seconds(n) WHEN 'minute' THEN to_minutes(n) WHEN 'hour' THEN to_hours(n)
     WHEN 'day' THEN to_days(CAST(n AS INTEGER)) WHEN 'week' THEN to_days(CAST(7 * n AS INTEGER))
     WHEN 'month' THEN to_months(CAST(n AS INTEGER)) WHEN 'year' THEN to_years(CAST(n AS INTEGER))
     ELSE error('INVALID_FUNCTION_ARGUMENT: ''' || unit || ''' is not a valid DATE field') END`,
  'CREATE MACRO athena_element_at(x, k) AS x[k]',
  // Text that is no JSON, an object and a list have no scalar.
  `CREATE MACRO athena_json_scalar(j, p) AS CASE WHEN json_valid(j) AND json_type(j, p) NOT IN ('OBJECT', 'ARRAY', 'NULL')
     THEN json_extract_string(j, p) END`,
  `CREATE MACRO athena_split_part(x, d, i) AS CASE WHEN i < 1
     THEN error('INVALID_FUNCTION_ARGUMENT: Index must be greater than zero')
     WHEN i > len(string_split(x, d)) THEN NULL ELSE split_part(x, d, i) END`,
  `CREATE MACRO athena_regexp_extract(x, p) AS CASE WHEN regexp_matches(x, p) THEN regexp_extract(x, p) END,
     (x, p, g) AS CASE WHEN regexp_matches(x, p) THEN regexp_extract(x, p, g) END`,
  `CREATE MACRO athena_regexp_replace(x, p) AS regexp_replace(x, p, '', 'g'),
     (x, p, r) AS regexp_replace(x, p, regexp_replace(r, '\\$(\\d)', '\\\\\\1', 'g'), 'g')`,
  `CREATE MACRO athena_url_decode(x) AS url_decode(replace(x, '+', ' '))`,
  `CREATE MACRO athena_url_parameter(u, n) AS CASE
     WHEN regexp_matches(split_part(u, '#', 1), '[?&]' || regexp_escape(n) || '(=|&|$)')
     THEN athena_url_decode(regexp_extract(split_part(u, '#', 1), '[?&]' || regexp_escape(n) || '=?([^&]*)', 1)) END`,
  `CREATE MACRO athena_url_host(u) AS regexp_extract(u, '^[a-zA-Z][a-zA-Z0-9+.-]*://([^/?#:]*)', 1)`,
  `CREATE MACRO athena_url_path(u) AS
     url_decode(regexp_extract(u, '^(?:[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*)?([^?#]*)', 1))`,
  `CREATE MACRO athena_url_query(u) AS regexp_extract(split_part(u, '#', 1), '[?](.*)$', 1)`,
];

function extreme(name: 'greatest' | 'least'): string {
  const overloads = [
    ['a', 'b'],
    ['a', 'b', 'c'],
    ['a', 'b', 'c', 'd'],
  ].map((names) => {
    const isNull = names.map((each) => `${each} IS NULL`).join(' OR ');
    return `(${names.join(', ')}) AS CASE WHEN ${isNull} THEN NULL ELSE ${name}(${names.join(', ')}) END`;
  });
  return `CREATE MACRO athena_${name}${overloads.join(', ')}`;
}
