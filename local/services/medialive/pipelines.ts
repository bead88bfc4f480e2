import type { NodeStatus, ObjectStore } from '../../cloud';
import type { Run, RunEvents, RunPlan } from './data-plane';
import { Encoder } from './encoder';
import type { Preset } from './ffmpeg-arguments';
import { Ingest } from './ingest';
import type { Means } from './means';
import { passedOn, soundsOf } from './sounds';

/** What the processes are started with. */
export interface PipelinesMeans {
  readonly means: Means;
  readonly objects: ObjectStore;
  readonly preset: Preset;
}

/** The processes of a running channel: an ingest for each pipeline, and the encoder of pipeline 0. */
export class Pipelines implements Run {
  private encoder: Encoder;
  private ingests: readonly Ingest[];
  private stopped = false;

  constructor(
    private readonly plan: RunPlan,
    private readonly tools: PipelinesMeans,
    private readonly events: RunEvents,
  ) {
    this.encoder = this.newEncoder();
    this.ingests = plan.sources.map((_, pipeline) => this.newIngest(pipeline));
  }

  start(): void {
    for (const ingest of this.ingests) ingest.start();
  }

  async restart(): Promise<void> {
    const [first, ...others] = this.ingests;
    await first?.stop();
    await this.encoder.stop();
    if (this.stopped) return;
    this.encoder = this.newEncoder();
    const ingest = this.newIngest(0);
    this.ingests = [ingest, ...others];
    ingest.start();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.ingests.map((ingest) => ingest.stop()));
    await this.encoder.stop();
  }

  status(): readonly NodeStatus[] {
    return [...this.ingests.map((ingest) => ingest.status()), this.encoder.status()];
  }

  private newEncoder(): Encoder {
    const { channel, plan, ingestUrl } = this.plan;
    const { means, preset } = this.tools;
    return new Encoder(`encoder ${channel}`, plan, ingestUrl, preset, means, {
      ready: () => this.ingests[0]?.resume(),
      lost: () => this.events.encoderLost(),
      back: () => this.events.encoderBack(),
    });
  }

  private newIngest(pipeline: number): Ingest {
    const { input, sources, plan } = this.plan;
    const { means, objects } = this.tools;
    const sink = pipeline === 0 ? this.encoder : { take: () => true, gone: () => {} };
    const node = `input ${input}${pipeline === 0 ? '' : ` (pipeline ${pipeline})`}`;
    const receiving = (isReceiving: boolean) => this.events.receiving(pipeline, isReceiving);
    const chosen = passedOn(soundsOf(plan));
    return new Ingest(node, sources[pipeline] ?? sources[0], sink, { ...means, objects }, receiving, chosen);
  }
}
