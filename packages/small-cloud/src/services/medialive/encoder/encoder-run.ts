import { randomUUID } from 'node:crypto';
import { steadyNow } from '../../../host/clock';
import type { EncoderPlan } from '../contract/plan';
import type { AudioSource } from './audio-source';
import type { EncoderTarget } from './encoder-options';
import { type InStep, inStep } from './gop-clock';
import type { Preset } from './presets';

/** Choices of one encoder process beside the plan. */
export interface EncoderRun {
  /** Address that the tracks are posted to. It ends in `/`; for HLS, names are appended to it. */
  readonly ingestUrl: string;
  /** Unique for each encoder process: its timestamps start at zero. */
  readonly session: string;
  readonly preset: Preset;
  /** Codec in place of HEVC: itself, or H.264 where this ffmpeg has no x265 or this machine is too slow for it. */
  readonly hevcAs: 'hevc' | 'h264';
  /** Source of the audio: the input, or silence when the input has none. */
  readonly audio: AudioSource;
  /** Name of the option that lets this ffmpeg leave out frames. */
  readonly frameOption: '-fps_mode' | '-vsync';
  /** Position of its GOPs on the clock; left out where they begin with the first frame. */
  readonly inStep?: InStep;
}

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
