import type { NodeStatus } from '../../cloud';
import { Encoder } from './encoder';
import type { EncoderPlan } from './encoder-plan';
import type { Preset } from './ffmpeg-arguments';
import { Ingest, type IngestSource } from './ingest';
import type { Means } from './means';

/** What a running channel plays and encodes. */
export interface PipelinesPlan {
  /** Names of the channel and of its input on the screen. */
  readonly channel: string;
  readonly input: string;
  /** Pipeline 0, and pipeline 1 where a publisher may come to it as well. */
  readonly sources: readonly [IngestSource] | readonly [IngestSource, IngestSource];
  readonly plan: EncoderPlan;
  /** Where pipeline 0 is posted to, ending in `/`. */
  readonly ingestUrl: string;
  readonly preset: Preset;
}

/** The processes of a running channel: an ingest for each pipeline, and the encoder of pipeline 0. */
export class Pipelines {
  private readonly encoder: Encoder;
  private readonly ingests: readonly Ingest[];

  /** @param onEncoder - told when the encoder is lost and when it is back. */
  constructor(
    { channel, input, sources, plan, ingestUrl, preset }: PipelinesPlan,
    means: Means,
    onEncoder: (event: 'encoder-lost' | 'encoder-back') => void,
  ) {
    this.encoder = new Encoder(`encoder ${channel}`, plan, ingestUrl, preset, means, {
      ready: () => this.ingests[0]?.resume(),
      lost: () => onEncoder('encoder-lost'),
      back: () => onEncoder('encoder-back'),
    });
    this.ingests = sources.map((source, pipeline) => {
      const sink = pipeline === 0 ? this.encoder : { take: () => true, gone: () => {} };
      return new Ingest(`input ${input}${pipeline === 0 ? '' : ` (pipeline ${pipeline})`}`, source, sink, means);
    });
  }

  start(): void {
    for (const ingest of this.ingests) ingest.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.ingests.map((ingest) => ingest.stop()));
    await this.encoder.stop();
  }

  status(): readonly NodeStatus[] {
    return [...this.ingests.map((ingest) => ingest.status()), this.encoder.status()];
  }
}
