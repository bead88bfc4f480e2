import type { Clip, PulledStream, SrtSettings } from './input-source';
import type { PushEndpoint } from './push-endpoint';

/** A source of an input pipeline. */
export type IngestSource =
  | (Clip & {
      readonly kind: 'file';
      /** True when it starts again at its end. */
      readonly loop: boolean;
      /** True for an input of type TS_FILE. */
      readonly isTransportStream?: boolean;
    })
  | (PulledStream & { readonly kind: 'pull' })
  | { readonly kind: 'push'; readonly endpoint: PushEndpoint; readonly srt: SrtSettings }
  | {
      readonly kind: 'stand-in';
      /** The source that a test pattern stands in for: `a MediaConnect flow`. */
      readonly what: string;
      /** The reason: `a MediaConnect flow cannot exist in the local run`. */
      readonly because: string;
    };

/** One thing for pipeline 0, and another for pipeline 1 where the channel is of class STANDARD. */
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

/** Rules for taking the second input of a channel in place of the first, and for returning to the first. */
export interface FailoverPlan {
  /** Time without media after which the input on air is lost, in milliseconds. */
  readonly lossMs: number;
  /** Time with media after which an input counts as well again, in milliseconds. */
  readonly clearMs: number;
  /** True when the first input is taken again as soon as it is well. */
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

/** A source of a pipeline: one input, or several. */
export type PipelineSource = IngestSource | FailoverSource | SwitchedSource;
