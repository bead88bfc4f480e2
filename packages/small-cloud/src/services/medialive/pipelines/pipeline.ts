import type { NodeStatus, ObjectStore } from '../../../contract';
import type { PipelineIngest } from '../contract/contribution';
import type { Means } from '../contract/means';
import { passedOn } from '../contract/passed-audio';
import type { PipelineSource } from '../contract/pipeline-source';
import { audioTracks, type EncoderPlan } from '../contract/plan';
import { Encoder } from '../encoder/encoder';
import type { EncoderTarget } from '../encoder/encoder-options';
import type { Preset } from '../encoder/presets';
import { pipelineIngest } from '../ingest/pipeline-ingest';

/** Tools that the processes are started with. */
export interface PipelineMeans {
  readonly means: Means;
  readonly objects: ObjectStore;
  readonly preset: Preset;
}

/** Source, encoding and names on the screen of one pipeline. */
export interface PipelinePlan {
  readonly inputNode: string;
  readonly encoderNode: string;
  readonly source: PipelineSource;
  readonly plan: EncoderPlan;
  readonly target: EncoderTarget;
}

/** Reports of a pipeline. */
export interface PipelineEvents {
  encoderLost(): void;
  encoderBack(): void;
  receiving(isReceiving: boolean): void;
}

/** One pipeline of a running channel: an ingest, and the encoder behind it. */
export class Pipeline {
  private encoder: Encoder;
  private ingest: PipelineIngest;
  private stopped = false;
  /** Attachment of the input that was switched to last. */
  private switchedTo: string | undefined;

  constructor(
    private readonly plan: PipelinePlan,
    private readonly tools: PipelineMeans,
    private readonly events: PipelineEvents,
  ) {
    this.encoder = this.newEncoder();
    this.ingest = this.newIngest();
  }

  start(): void {
    this.ingest.start();
  }

  async restart(): Promise<void> {
    await this.end();
    if (this.stopped) return;
    this.encoder = this.newEncoder();
    this.ingest = this.newIngest();
    if (this.switchedTo !== undefined) this.ingest.switchTo?.(this.switchedTo);
    this.ingest.start();
  }

  /** Puts another input on air, by the name of its attachment. */
  switchTo(attachmentName: string): void {
    this.switchedTo = attachmentName;
    this.ingest.switchTo?.(attachmentName);
  }

  /** Returns the attachment of the input on air; undefined where there is only one input. */
  onAir(): string | undefined {
    return this.ingest.onAir?.();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.end();
  }

  status(): readonly NodeStatus[] {
    return [this.ingest.status(), this.encoder.status()].flat();
  }

  private async end(): Promise<void> {
    await this.ingest.stop();
    await this.encoder.stop();
  }

  private newEncoder(): Encoder {
    const { encoderNode, plan, target } = this.plan;
    const { means, preset } = this.tools;
    const options = { node: encoderNode, plan, target, preset, means };
    return new Encoder(options, {
      ready: () => this.ingest.resume(),
      lost: () => this.events.encoderLost(),
      back: () => this.events.encoderBack(),
    });
  }

  private newIngest(): PipelineIngest {
    const { inputNode, source, plan } = this.plan;
    const { means, objects } = this.tools;
    const onReceiving = (isReceiving: boolean) => this.events.receiving(isReceiving);
    const passed = passedOn(audioTracks(plan));
    const options = { node: inputNode, source, sink: this.encoder, means: { ...means, objects }, onReceiving };
    return pipelineIngest(options, passed);
  }
}
