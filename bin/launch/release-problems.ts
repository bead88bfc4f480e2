/**
 * Lists the problems of a template of a release, as sentences.
 *
 * @param found - the template of the release, if there is one.
 * @param written - the template that this source writes.
 */
export function releaseProblems(
  path: string,
  found: string | undefined,
  written: string,
  version: string,
): readonly string[] {
  if (found === undefined) return [`${path} does not exist; write it with npm run launch-template.`];
  let template: { readonly Description?: unknown; readonly Metadata?: { readonly Version?: unknown } };
  try {
    template = JSON.parse(found) as typeof template;
  } catch {
    return [`${path} is not JSON; download it again, or write it with npm run launch-template.`];
  }
  const { Description: description = '', Metadata: { Version: stamped } = {} } = template;
  const problems: string[] = [];
  if (stamped !== version) {
    problems.push(`${path} carries version ${String(stamped)} in its Metadata; this source is ${version}.`);
  }
  if (!String(description).includes(`(${version})`)) {
    problems.push(`${path} does not carry version ${version} in its Description.`);
  }
  if (found !== written) {
    problems.push(
      `${path} ${difference(found, written)}: it was not written from this source; do so with npm run launch-template.`,
    );
  }
  return problems;
}

function difference(found: string, written: string): string {
  const at = [...found].findIndex((character, index) => character !== written[index]);
  return at < 0
    ? `has ${found.length} characters in place of ${written.length}`
    : `differs from byte ${Buffer.byteLength(found.slice(0, at))} on`;
}
