/** Finds a resource that another one refers to. @throws Error when there is none. */
export function found<T>(map: ReadonlyMap<string, T>, id: string, kind: string): T {
  const value = map.get(id);
  if (value !== undefined) return value;
  throw new Error(
    `The ${kind} ${id} does not exist: neither in this template nor among the AWS-managed ones that the local run knows.`,
  );
}
