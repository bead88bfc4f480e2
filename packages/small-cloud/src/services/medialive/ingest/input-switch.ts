import type { NodeStatus } from '../../../contract';
import type { IngestOptions, IngestSink, NewIngest, PipelineIngest } from '../contract/contribution';
import type { SwitchedSource } from '../contract/pipeline-source';

interface Member {
  readonly ingest: PipelineIngest;
  isReceiving: boolean;
}

/**
 * The inputs of one pipeline that a producer switches between. All are taken in all the time, and media that is not on
 * air is dropped. A file, however, begins when it is switched to, and ends when it is switched away from.
 */
export class InputSwitch implements PipelineIngest {
  private readonly members: Member[];
  private readonly ending = new Set<Promise<void>>();
  private index = 0;

  constructor(
    private readonly options: IngestOptions<SwitchedSource>,
    private readonly newIngest: NewIngest,
  ) {
    this.members = options.source.inputs.map((_, index) => this.member(index));
  }

  start(): void {
    for (const [index, { ingest }] of this.members.entries()) if (this.isTakenIn(index)) ingest.start();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.ending, ...this.members.map(({ ingest }) => ingest.stop())]);
  }

  resume(): void {
    for (const { ingest } of this.members) ingest.resume();
  }

  status(): readonly NodeStatus[] {
    return this.members.flatMap(({ ingest, isReceiving }, index) =>
      [ingest.status()].flat().map((status) => {
        const beside = isReceiving && index !== this.index;
        return beside ? { ...status, detail: `${status.detail}, not on air` } : status;
      }),
    );
  }

  onAir(): string {
    return this.members[this.index]?.ingest.onAir?.() ?? this.options.source.inputs[this.index]?.attachmentName ?? '';
  }

  /** Puts another input on air. */
  switchTo(attachmentName: string): void {
    const index = this.options.source.inputs.findIndex((input) => input.attachmentName === attachmentName);
    const [from, to] = [this.options.source.inputs[this.index], this.options.source.inputs[index]];
    if (index === this.index || from === undefined || to === undefined) return;
    this.options.means.tell(to.node, `on air: switched to from ${from.node}`);
    const left = this.index;
    this.index = index;
    this.options.sink.gone();
    if (!this.isTakenIn(left)) this.endOf(left);
    if (to.source.kind === 'file') this.members[index]?.ingest.start();
    this.options.onReceiving(this.members[index]?.isReceiving ?? false);
    this.resume();
  }

  /** Ends a file, and prepares it to begin anew. */
  private endOf(index: number): void {
    const ended = this.members[index]?.ingest.stop().finally(() => this.ending.delete(ended ?? Promise.resolve()));
    if (ended !== undefined) this.ending.add(ended);
    this.members[index] = this.member(index);
  }

  private isTakenIn(index: number): boolean {
    return index === this.index || this.options.source.inputs[index]?.source.kind !== 'file';
  }

  private member(index: number): Member {
    const input = this.options.source.inputs[index];
    if (input === undefined) throw new Error(`there is no input ${index}`);
    const isMine = () => this.index === index && this.members[index] === member;
    const sink: IngestSink = {
      take: (bytes) => (isMine() ? this.options.sink.take(bytes) : true),
      gone: () => {
        if (isMine()) this.options.sink.gone();
      },
    };
    const onReceiving = (isReceiving: boolean) => {
      member.isReceiving = isReceiving;
      if (isMine()) this.options.onReceiving(isReceiving);
    };
    const { node, source } = input;
    const ingest = this.newIngest({ node, source, sink, means: this.options.means, onReceiving });
    const member: Member = { ingest, isReceiving: false };
    return member;
  }
}
