import type { Input } from './input';
import { inputsOf } from './prepared-inputs';

/** Kinds of input whose frames MediaLive does not compare. While one is on air, two pipelines are not kept in step. */
const NOT_ALIGNED: readonly Input['kind'][] = ['test-clip', 'mp4-file', 'ts-file', 'rtmp-pull', 'hls-pull'];

/**
 * Tells whether MediaLive keeps the two pipelines of a channel in step whichever of its inputs is on air.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/pipeline-locking-verify-input.html
 */
export function mayBeLocked(channel: Parameters<typeof inputsOf>[0]): boolean {
  return !inputsOf(channel).some(({ kind }) => NOT_ALIGNED.includes(kind));
}
