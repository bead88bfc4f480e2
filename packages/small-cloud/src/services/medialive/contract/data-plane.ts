import type { NodeStatus } from '../../../contract';
import type { Clip, PulledStream, SrtSettings } from '../control/input';
import type { Pair } from '../ingest/on-air';
import type { EncoderPlan } from '../template/encoder-plan';
import type { FailoverPlan } from '../template/input-attachments';
import type { PushEndpoint, PushPorts } from './push-endpoint';

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

/** What a running channel plays and encodes. */
export interface RunPlan {
  /** Names of the channel and of its input on the screen. */
  readonly channel: string;
  readonly input: string;
  readonly sources: PerPipeline<PipelineSource>;
  /** Whether the pipelines are kept in step. */
  readonly inStep: boolean;
  readonly plan: EncoderPlan;
  /** Where each pipeline posts to, ending in `/`; for HLS the URL that the names of its files begin with. */
  readonly ingestUrls: PerPipeline<string>;
}

/** What a run reports to the control plane. */
export interface RunEvents {
  /** The encoder of a pipeline is being replaced. */
  encoderLost(pipeline: number): void;
  /** It is encoding again. */
  encoderBack(pipeline: number): void;
  /** A pipeline gets pictures, or gets none any more. Before the first report it gets none. */
  receiving(pipeline: number, isReceiving: boolean): void;
}

/** One channel from its start to its stop. */
export interface Run {
  start(): void;
  /** Ends some pipelines and begins them again; the other goes on. */
  restart(pipelines: readonly number[]): Promise<void>;
  /** Puts another input on air, by the name of its attachment. */
  switchTo(attachmentName: string): void;
  /** Attachment of the input on air in pipeline 0; undefined where there is but one. */
  onAir(): string | undefined;
  /** Resolves once everything that the run had started is gone. */
  stop(): Promise<void>;
  status(): readonly NodeStatus[];
}

/**
 * What takes contributions and encodes them. The control plane decides what runs, and waits for nothing but this and
 * timers, so that a test can put a data plane without processes in its place.
 */
export interface DataPlane {
  /** Ports for publishers. */
  readonly ports: PushPorts;
  /** Prepares a run; nothing happens before {@link Run.start}. */
  run(plan: RunPlan, events: RunEvents): Run;
}
