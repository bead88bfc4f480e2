import type { NodeStatus } from '../../../contract';
import type { Run, RunEvents, RunPlan } from '../contract/data-plane';
import type { PerPipeline } from '../contract/pipeline-source';
import { faster } from '../encoder/presets';
import { Pipeline, type PipelineMeans } from './pipeline';

/** The pipelines of a running channel. Each knows of the other only where that one writes. */
export class Pipelines implements Run {
  private readonly pipelines: PerPipeline<Pipeline>;

  constructor(plan: RunPlan, tools: PipelineMeans, events: RunEvents) {
    const { sources, ingestUrls, inStep } = plan;
    const [first, second] = sources;
    const [url, otherUrl] = ingestUrls;
    if (second === undefined || otherUrl === undefined) {
      this.pipelines = [pipeline(plan, 0, { source: first, target: { url } }, tools, events)];
      return;
    }
    // This machine encodes everything twice.
    const hurried = { ...tools, preset: faster(tools.preset) ?? tools.preset };
    this.pipelines = [
      pipeline(plan, 0, { source: first, target: { url, otherUrl, inStep } }, hurried, events),
      pipeline(plan, 1, { source: second, target: { url: otherUrl, otherUrl: url, inStep } }, hurried, events),
    ];
  }

  start(): void {
    for (const each of this.pipelines) each.start();
  }

  async restart(pipelines: readonly number[]): Promise<void> {
    await Promise.all(this.pipelines.filter((_, index) => pipelines.includes(index)).map((each) => each.restart()));
  }

  switchTo(attachmentName: string): void {
    for (const each of this.pipelines) each.switchTo(attachmentName);
  }

  onAir(): string | undefined {
    return this.pipelines[0].onAir();
  }

  async stop(): Promise<void> {
    await Promise.all(this.pipelines.map((each) => each.stop()));
  }

  status(): readonly NodeStatus[] {
    return this.pipelines.flatMap((each) => each.status());
  }
}

function pipeline(
  { channel, input, plan }: RunPlan,
  index: number,
  ends: Pick<ConstructorParameters<typeof Pipeline>[0], 'source' | 'target'>,
  tools: PipelineMeans,
  events: RunEvents,
): Pipeline {
  const suffix = index === 0 ? '' : ` (pipeline ${index})`;
  const names = { inputNode: `input ${input}${suffix}`, encoderNode: `encoder ${channel}${suffix}` };
  return new Pipeline({ ...names, ...ends, plan }, tools, {
    encoderLost: () => events.encoderLost(index),
    encoderBack: () => events.encoderBack(index),
    receiving: (isReceiving) => events.receiving(index, isReceiving),
  });
}
