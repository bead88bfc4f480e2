import type { NodeStatus } from '../../../contract';
import type { PerPipeline, PipelineSource } from './pipeline-source';
import type { EncoderPlan } from './plan';
import type { PushPorts } from './push-endpoint';

/** Plan of a run: its sources, its encoding and its addresses. */
export interface RunPlan {
  /** Names of the channel and of its input on the screen. */
  readonly channel: string;
  readonly input: string;
  readonly sources: PerPipeline<PipelineSource>;
  /** True when the pipelines are kept in step. */
  readonly inStep: boolean;
  readonly plan: EncoderPlan;
  /**
   * Address that each pipeline posts to. It ends in `/`; for HLS it is the URL that the names of its files begin with.
   */
  readonly ingestUrls: PerPipeline<string>;
}

/** Reports of a run to the control plane. */
export interface RunEvents {
  /** The encoder of a pipeline is being replaced. */
  encoderLost(pipeline: number): void;
  /** It is encoding again. */
  encoderBack(pipeline: number): void;
  /** A pipeline begins or ceases to receive media. Before the first report it receives none. */
  receiving(pipeline: number, isReceiving: boolean): void;
}

/** One channel from its start to its stop. */
export interface Run {
  start(): void;
  /** Ends some pipelines and begins them again; the others go on. */
  restart(pipelines: readonly number[]): Promise<void>;
  /** Puts another input on air, by the name of its attachment. */
  switchTo(attachmentName: string): void;
  /** Returns the attachment of the input on air in pipeline 0; undefined where there is only one input. */
  onAir(): string | undefined;
  /** Resolves once everything that the run had started is gone. */
  stop(): Promise<void>;
  status(): readonly NodeStatus[];
}

/**
 * Takes contributions and encodes them. The control plane decides what runs, and waits only for this and for timers, so
 * that a test can use a data plane without processes.
 */
export interface DataPlane {
  /** Ports for publishers. */
  readonly ports: PushPorts;
  /** Prepares a run; nothing happens before {@link Run.start}. */
  run(plan: RunPlan, events: RunEvents): Run;
}
