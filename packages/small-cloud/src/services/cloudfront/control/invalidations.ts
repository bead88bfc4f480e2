/** One invalidation of a distribution. In the local run it is complete at once. */
export interface Invalidation {
  readonly id: string;
  readonly created: Date;
  readonly callerReference: string;
  readonly paths: readonly string[];
}

/**
 * Returns true when an invalidation path names an object. A `*` at its end stands for any remainder. Query strings are
 * part of the path.
 *
 * @param uri - path and query of a cached object.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html
 */
export function invalidates(path: string, uri: string): boolean {
  return path.endsWith('*') ? uri.startsWith(path.slice(0, -1)) : uri === path;
}

/** Explains why CloudFront refuses a path; undefined for a valid one. */
export function pathProblem(path: string): string | undefined {
  if (!path.startsWith('/')) return `the invalidation path ${path} does not begin with a slash`;
  if (path.slice(0, -1).includes('*')) return `the invalidation path ${path} has a * that is not at its end`;
  return path.length > 4000 ? 'an invalidation path is longer than 4,000 characters' : undefined;
}
