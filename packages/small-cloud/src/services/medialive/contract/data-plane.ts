import type { NodeStatus } from '../../../contract';
import type { PerPipeline, PipelineSource } from './pipeline-source';
import type { EncoderPlan } from './plan';
import type { PushPorts } from './push-endpoint';

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
