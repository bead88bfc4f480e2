/**
 * Compiles the path pattern of a cache behaviour: case-sensitive, `*` for any run of characters (slashes too), `?` for
 * exactly one, and the leading slash optional.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern
 */
export function pathPattern(pattern: string): (path: string) => boolean {
  const whole = pattern.startsWith('/') || pattern.startsWith('*') ? pattern : `/${pattern}`;
  const literals = whole.split('*');
  // Most patterns are a prefix, a suffix, or both: no regular expression on the hot path for these.
  if (literals.length === 2 && !whole.includes('?')) {
    const [prefix = '', suffix = ''] = literals;
    return (path) => path.length >= prefix.length + suffix.length && path.startsWith(prefix) && path.endsWith(suffix);
  }
  const source = whole
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 's');
  return (path) => expression.test(path);
}
