import type { Means } from '../contract/means';
import type { EncoderPlan } from '../contract/plan';
import type { Preset } from './presets';

/** Addresses that the pipelines of a channel write to. */
export interface EncoderTarget {
  /** Ends in `/`; for HLS it is the URL that the names of the files begin with. */
  readonly url: string;
  /** Address of the other pipeline's encoder; left out where there is one pipeline. */
  readonly otherUrl?: string;
  /** True when the two are kept in step, by the clock of this machine. @default false */
  readonly inStep?: boolean;
}

/** Settings of an encoder. */
export interface EncoderOptions {
  /** Name on the screen: `encoder main`. */
  readonly node: string;
  readonly plan: EncoderPlan;
  readonly target: EncoderTarget;
  /** Preset to begin with. */
  readonly preset: Preset;
  readonly means: Means;
}

/** Listener to an encoder. */
export interface EncoderListener {
  /** The encoder takes bytes again. */
  ready(): void;
  /** The encoder process is being replaced. */
  lost(): void;
  /** The encoder is encoding again. */
  back(): void;
}
