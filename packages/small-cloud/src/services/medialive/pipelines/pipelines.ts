import type { NodeStatus } from '../../../contract';
import type { Run, RunEvents, RunPlan } from '../contract/data-plane';
import type { PerPipeline } from '../contract/pipeline-source';
import { faster } from '../encoder/presets';
import { Pipeline, type PipelineMeans, type PipelinePlan } from './pipeline';

/** Parts that the pipelines of a run share. */
interface RunParts {
  readonly plan: RunPlan;
  readonly tools: PipelineMeans;
  readonly events: RunEvents;
}

/** The pipelines of a running channel. Each knows of the other only where that one writes. */
export class Pipelines implements Run {
  private readonly pipelines: PerPipeline<Pipeline>;

  constructor(plan: RunPlan, tools: PipelineMeans, events: RunEvents) {
    const { sources, ingestUrls, inStep } = plan;
    const [first, second] = sources;
    const [url, otherUrl] = ingestUrls;
    if (second === undefined || otherUrl === undefined) {
      this.pipelines = [pipeline({ plan, tools, events }, 0, { source: first, target: { url } })];
      return;
    }
    // This machine encodes everything twice.
    const hurried = { ...tools, preset: faster(tools.preset) ?? tools.preset };
    const parts = { plan, tools: hurried, events };
    this.pipelines = [
      pipeline(parts, 0, { source: first, target: { url, otherUrl, inStep } }),
      pipeline(parts, 1, { source: second, target: { url: otherUrl, otherUrl: url, inStep } }),
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
  { plan: { channel, input, plan }, tools, events }: RunParts,
  index: number,
  ends: Pick<PipelinePlan, 'source' | 'target'>,
): Pipeline {
  const suffix = index === 0 ? '' : ` (pipeline ${index})`;
  const names = { inputNode: `input ${input}${suffix}`, encoderNode: `encoder ${channel}${suffix}` };
  return new Pipeline({ ...names, ...ends, plan }, tools, {
    encoderLost: () => events.encoderLost(index),
    encoderBack: () => events.encoderBack(index),
    receiving: (isReceiving) => events.receiving(index, isReceiving),
  });
}
