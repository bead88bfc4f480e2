import type { Option } from './options';

/** Options that several nouns share, explained once. */
export interface SharedGroup {
  readonly title: string;
  readonly intro: string;
  /** Last words of their paths. */
  readonly names: readonly string[];
}

/** The shared options: those of these names that at least two nouns declare with the same type and words. */
export const SHARED: readonly SharedGroup[] = [
  { title: 'Allow list', intro: 'Says who may publish over the internet.', names: ['allowedCidrs', 'allowAnywhere'] },
  {
    title: 'VPC',
    intro: 'Says where in your VPC the endpoints are. The subnets and security groups must exist already.',
    names: ['subnetIds', 'securityGroupIds'],
  },
  { title: 'Stream names', intro: 'The path that an RTMP encoder publishes to.', names: ['streamNames'] },
  {
    title: 'SRT connections',
    intro: 'The passphrase is named by reference. It is never in the description or the template.',
    names: ['encryption', 'passphraseSecretArn', 'latencyMilliseconds'],
  },
  {
    title: 'Pulled sources',
    intro: 'The password is named by reference. It is never in the description or the template.',
    names: ['sources', 'username', 'passwordParameter'],
  },
  { title: 'Files', intro: 'Says what happens at the end of a file.', names: ['loop'] },
];

/** Shared options by the title of their group: one of each name stands for the others. */
export type Shared = ReadonlyMap<string, readonly Option[]>;

/** Finds the options that at least two nouns declare in the same way. */
export function sharedOptions(all: readonly Option[]): Shared {
  return new Map(SHARED.map(({ title, names }) => [title, names.flatMap((name) => mostShared(name, all))]));
}

function mostShared(name: string, all: readonly Option[]): readonly Option[] {
  const candidates = all.filter(({ path }) => lastName(path) === name);
  const count = (option: Option) => candidates.filter((other) => isSame(option, other)).length;
  const [first] = [...candidates].sort((one, other) => count(other) - count(one));
  return first === undefined || count(first) < 2 ? [] : [first];
}

/** The title of the group that an option is explained in; undefined for an option of one noun alone. */
export function groupOf(option: Option, shared: Shared): string | undefined {
  for (const [title, members] of shared) {
    const stands = members.find(({ path }) => lastName(path) === lastName(option.path));
    if (stands !== undefined && isSame(stands, option)) return title;
  }
  return undefined;
}

function isSame(one: Option, other: Option): boolean {
  return one.type === other.type && one.notes?.what === other.notes?.what && one.notes?.effect === other.notes?.effect;
}

/** `channels[].input(cdi).subnetIds` → `subnetIds`. */
export function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
