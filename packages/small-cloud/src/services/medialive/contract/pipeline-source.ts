import type { Clip, PulledStream, SrtSettings } from './input-source';
import type { PushEndpoint } from './push-endpoint';
/** What an input pipeline plays. */
export type IngestSource =
  | (Clip & {
      readonly kind: 'file';
      /** Whether it starts again at its end. */
      readonly loop: boolean;
    })
  | (PulledStream & { readonly kind: 'pull' })
  | { readonly kind: 'push'; readonly endpoint: PushEndpoint; readonly srt: SrtSettings }
  | {
      readonly kind: 'stand-in';
      /** What a test picture stands in for: `a MediaConnect flow`. */
      readonly what: string;
      /** Why there is one: `a MediaConnect flow cannot exist here`. */
      readonly because: string;
    };

/** Something that pipeline 0 has, and pipeline 1 where the channel is of class STANDARD. */
export type PerPipeline<T> = readonly [T] | readonly [T, T];

/** One of several inputs of a pipeline. */
export interface NamedSource<S> {
  readonly attachmentName: string;
  /** Its name on the screen: `input main`. */
  readonly node: string;
  readonly source: S;
}

/** The two inputs of a failover, the first one first. */
export type Pair<T> = readonly [T, T];

/** When the second input of a channel is taken in place of the first, and when the first is taken again. */
export interface FailoverPlan {
  /** For how long nothing may come from the input on air, in milliseconds. */
  readonly lossMs: number;
  /** For how long an input must have been there to count as well again, in milliseconds. */
  readonly clearMs: number;
  /** Whether the first input is taken again as soon as it is well. */
  readonly returns: boolean;
}

/** The two inputs of a failover in one pipeline, the first one first. */
export interface FailoverSource {
  readonly kind: 'failover';
  readonly failover: FailoverPlan;
  readonly inputs: Pair<NamedSource<IngestSource>>;
}

/** The inputs that a producer switches between in one pipeline, the one that a run starts with first. */
export interface SwitchedSource {
  readonly kind: 'switched';
  readonly inputs: readonly NamedSource<IngestSource | FailoverSource>[];
}

/** What a pipeline plays. */
export type PipelineSource = IngestSource | FailoverSource | SwitchedSource;
