import { randomUUID } from 'node:crypto';
import { steadyNow } from '../../../host/clock';
import type { EncoderPlan } from '../contract/plan';
import type { EncoderTarget } from './encoder-options';
import { type EncoderRun, shellCommand } from './ffmpeg-arguments';
import { inStep } from './gop-clock';

/** Describes the run of an encoder process that begins now. */
export function encoderRun(
  plan: EncoderPlan,
  target: EncoderTarget,
  choices: Pick<EncoderRun, 'preset' | 'hevcAs' | 'audio' | 'frameOption'>,
): EncoderRun {
  const run = { ...choices, ingestUrl: target.url, session: randomUUID() };
  const clock = target.inStep ? inStep(plan, steadyNow() / 1000) : undefined;
  return clock === undefined ? run : { ...run, inStep: clock };
}

/** The command lines of an encoder, told once for each kind of run. */
export class CommandLines {
  private readonly seen = new Set<string>();

  constructor(
    private readonly ffmpeg: string,
    private readonly say: (line: string) => void,
  ) {}

  tell({ preset, audio, hevcAs }: EncoderRun, args: readonly string[]): void {
    const kind = `${preset} ${audio} ${hevcAs}`;
    if (this.seen.has(kind)) return;
    this.seen.add(kind);
    if (audio === 'silence') this.say('the input has no audio; silence is encoded');
    const command = shellCommand(this.ffmpeg, args);
    this.say(`encodes with (MPEG-TS on standard input, progress on descriptor 3): ${command}`);
  }
}
