import { z } from 'zod';

/** A problem that a schema found, as far as rules read it; `errors` holds those of each member of a union. */
interface Issue {
  readonly code?: string | undefined;
  readonly path?: Path | undefined;
  readonly errors?: unknown;
}

/** Keys and indexes that lead from a value to a part of it. */
export type Path = readonly PropertyKey[];

/** A value as a rule sees it: every member may be missing, because it was left out or because it was refused. */
export type Partly<T> = T extends readonly (infer Member)[]
  ? readonly (Partly<Member> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Partly<T[Key]> | undefined }
    : T;

/** The members of a value that were given, those that were refused among them. */
export type Raw<T> = T extends object ? { readonly [Key in keyof T]?: unknown } : unknown;

/** Reports a problem at a path below the value that a rule looks at. */
export type Report = (path: Path, message: string) => void;

/**
 * A rule across the members of a value. It also runs where members were refused, so that a description is refused with
 * all its problems at once; it sees the value without the refused members. It does not run where the value itself has
 * the wrong type. Types hold for what it sees, except that a secret's name can be of any type.
 *
 * @param check - `raw` is the value with the refused members, for rules that ask which members were given.
 * @see https://zod.dev/api#when (zod itself skips the check of a value with refused members)
 */
export function rule<T>(check: (value: Partly<T>, problem: Report, raw: Raw<T>) => void): z.core.$ZodCheck<T> {
  const report: Parameters<typeof z.superRefine<T>>[0] = (value, payload) => {
    const refused = payload.issues.flatMap(refusedPaths);
    if (refused.some((path) => path.length === 0)) return;
    const problem: Report = (path, message) => {
      // Not addIssue: it would let the value go on as if it were valid.
      payload.issues.push({ code: 'custom', input: value, path: [...path], message });
    };
    check(without(value, refused) as Partly<T>, problem, value as Raw<T>);
  };
  return z.superRefine(report, { when: () => true });
}

/** Problems of a value whose type is right. */
const OF_RIGHT_TYPE: ReadonlySet<string> = new Set([
  'custom',
  'invalid_format',
  'not_multiple_of',
  'too_big',
  'too_small',
  'unrecognized_keys',
]);

/** The paths to the parts of a value that have the wrong type. */
function refusedPaths(issue: Issue): readonly Path[] {
  if (issue.code !== undefined && OF_RIGHT_TYPE.has(issue.code)) return [];
  const path = issue.path ?? [];
  if (issue.code !== 'invalid_union') return [path];
  const members: readonly (readonly Issue[])[] = Array.isArray(issue.errors) ? issue.errors : [];
  const inner = members.map((issues) => issues.flatMap(refusedPaths));
  // The member of the union that was meant is the one whose type fits as a whole.
  const meant = inner.find((paths) => paths.every((below) => below.length > 0));
  return meant?.map((below) => [...path, ...below]) ?? [path];
}

/** A copy of a value in which the parts at these paths are undefined. */
function without(value: unknown, paths: readonly Path[]): unknown {
  if (paths.length === 0 || typeof value !== 'object' || value === null) return value;
  const below = new Map<PropertyKey, Path[]>();
  for (const [key, ...rest] of paths) {
    if (key === undefined) return undefined;
    const others = below.get(key);
    if (others === undefined) below.set(key, [rest]);
    else others.push(rest);
  }
  const rest = (member: unknown, key: PropertyKey) => {
    const inner = below.get(key) ?? [];
    return inner.some((path) => path.length === 0) ? undefined : without(member, inner);
  };
  if (Array.isArray(value)) return value.map(rest);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, rest(member, key)]));
}
