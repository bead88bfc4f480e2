import type { NodeStatus } from '../../../contract';
import type { IngestOptions, IngestSink, NewIngest, PipelineIngest } from '../contract/contribution';
import type { FailoverSource, Pair } from '../contract/pipeline-source';
import { type Health, onAir } from './on-air';

/**
 * The two inputs of a failover in one pipeline. Both are taken in all the time, and media that is not on air is
 * dropped. A switch ends the encoder's stream and begins another, as a publisher that returns does.
 */
export class FailoverIngest implements PipelineIngest {
  private readonly ingests: Pair<PipelineIngest>;
  private health: [Health, Health];
  private index: 0 | 1 = 0;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly options: IngestOptions<FailoverSource>,
    private readonly newIngest: NewIngest,
  ) {
    this.ingests = [this.ingest(0), this.ingest(1)];
    this.health = [this.lostNow(), this.lostNow()];
  }

  start(): void {
    this.health = [this.lostNow(), this.lostNow()];
    for (const ingest of this.ingests) ingest.start();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await Promise.all(this.ingests.map((ingest) => ingest.stop()));
  }

  /** Goes on after the sink had asked for a pause. */
  resume(): void {
    for (const ingest of this.ingests) ingest.resume();
  }

  status(): readonly NodeStatus[] {
    return this.ingests.flatMap((ingest, index) =>
      [ingest.status()].flat().map((status) => {
        if (!this.health[index as 0 | 1].isReceiving) return status;
        return { ...status, detail: `${status.detail}, ${index === this.index ? 'on air' : 'standing by'}` };
      }),
    );
  }

  onAir(): string {
    return this.options.source.inputs[this.index].attachmentName;
  }

  private ingest(index: 0 | 1): PipelineIngest {
    const { node, source } = this.options.source.inputs[index];
    const sink: IngestSink = {
      take: (bytes) => (this.index === index ? this.options.sink.take(bytes) : true),
      gone: () => {
        if (this.index === index) this.options.sink.gone();
      },
    };
    const onReceiving = (isReceiving: boolean) => this.changed(index, isReceiving);
    return this.newIngest({ node, source, sink, means: this.options.means, onReceiving });
  }

  private changed(index: 0 | 1, isReceiving: boolean): void {
    this.health[index] = { isReceiving, since: this.nowMs() };
    if (this.index === index) this.options.onReceiving(isReceiving);
    this.decide();
  }

  private decide(): void {
    clearTimeout(this.timer);
    if (this.stopped) return;
    const { index, againMs } = onAir(this.index, this.health, this.options.source.failover, this.nowMs());
    if (index !== this.index) {
      this.putOnAir(index);
      this.decide();
    } else if (againMs !== undefined) {
      this.timer = setTimeout(() => this.decide(), Math.ceil(againMs));
      this.timer.unref();
    }
  }

  private putOnAir(index: 0 | 1): void {
    const [from, to] = [this.options.source.inputs[this.index].node, this.options.source.inputs[index].node];
    const why = this.health[this.index].isReceiving ? `${to} is well again` : `${from} is lost`;
    this.options.means.tell(to, `on air: ${why}`, index === 0 ? 'info' : 'warning');
    this.index = index;
    // The stream of the other input may not have ended.
    this.options.sink.gone();
    this.options.onReceiving(true);
    this.resume();
  }

  private lostNow(): Health {
    return { isReceiving: false, since: this.nowMs() };
  }

  private nowMs(): number {
    return this.options.means.now() * 1000;
  }
}
