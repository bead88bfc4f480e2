import type { RecordedChannel } from './recorded-channel';

/** States of a harvest of MediaPackage v1, in the words of v2. */
const STATUS: Readonly<Record<string, string>> = { SUCCEEDED: 'COMPLETED' };

/** Returns the id of a harvest of v1, which is unique in an account and Region: it begins with the name of the stack. */
export function v1JobId({ group }: Pick<RecordedChannel, 'group'>, name: string): string {
  return `${group}-${name}`;
}

/** Returns the state of a harvest of v1 in the words of v2. */
export function v1Status(status: string): string {
  return STATUS[status] ?? status;
}
