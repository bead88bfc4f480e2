/** One invalidation of a distribution. Locally it is complete as soon as it is made. */
export interface Invalidation {
  readonly id: string;
  readonly created: Date;
  readonly callerReference: string;
  readonly paths: readonly string[];
}

/**
 * Whether an invalidation path names an object. A `*` at the end stands for any rest; query strings belong to the path.
 *
 * @param uri - path and query of a cached object.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html
 */
export function invalidates(path: string, uri: string): boolean {
  return path.endsWith('*') ? uri.startsWith(path.slice(0, -1)) : uri === path;
}

/** Why CloudFront would refuse a path; undefined when it would not. */
export function pathProblem(path: string): string | undefined {
  if (!path.startsWith('/')) return `the invalidation path ${path} does not begin with a slash`;
  if (path.slice(0, -1).includes('*')) return `the invalidation path ${path} has a * that is not at its end`;
  return path.length > 4000 ? 'an invalidation path is longer than 4,000 characters' : undefined;
}
