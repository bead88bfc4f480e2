/**
 * Compiles the path pattern of a cache behaviour. It is case-sensitive; `*` matches any characters, slashes
 * included; `?` matches exactly one; the leading slash is optional.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern
 */
export function pathPattern(pattern: string): (path: string) => boolean {
  const whole = pattern.startsWith('/') || pattern.startsWith('*') ? pattern : `/${pattern}`;
  const literals = whole.split('*');
  // Most patterns are a prefix, a suffix, or both. They are matched without a regular expression, on every request.
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
