import type { NodeStatus } from '../../cloud';
import type { EncoderPlan } from './encoder-plan';
import type { Clip, PulledStream, SrtSettings } from './input';
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
    };

/** What a running channel plays and encodes. */
export interface RunPlan {
  /** Names of the channel and of its input on the screen. */
  readonly channel: string;
  readonly input: string;
  /** Pipeline 0, and pipeline 1 where a publisher may come to it as well. */
  readonly sources: readonly [IngestSource] | readonly [IngestSource, IngestSource];
  readonly plan: EncoderPlan;
  /** Where pipeline 0 is posted to, ending in `/`; for HLS the URL that the names of its files begin with. */
  readonly ingestUrl: string;
}

/** What a run reports to the control plane. */
export interface RunEvents {
  /** The encoder is being replaced. */
  encoderLost(): void;
  /** The encoder is encoding again. */
  encoderBack(): void;
  /** A pipeline gets pictures, or gets none any more. Before the first report it gets none. */
  receiving(pipeline: number, isReceiving: boolean): void;
}

/** One channel from its start to its stop. */
export interface Run {
  start(): void;
  /** Ends pipeline 0 and begins it again. */
  restart(): Promise<void>;
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
