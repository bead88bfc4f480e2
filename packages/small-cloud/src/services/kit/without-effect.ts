import type { Value } from '../../contract';

/** A setting that the local run accepts and does nothing with. */
export interface WithoutEffect {
  /** The reason why the local run may ignore it. */
  readonly why: string;
  /** The only values for which that holds; any value when left out. */
  readonly only?: readonly Value[];
}

/** Settings without effect, by path with `[]` for any index; an entry stands for everything below it as well. */
export type SettingsWithoutEffect = Readonly<Record<string, WithoutEffect>>;
