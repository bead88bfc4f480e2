import type { LockingMethod } from '../contract/plan';
import type { Input } from './input';

/**
 * Explains why the service would not lock the pipelines of a channel with these inputs; undefined where it would.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/pipeline-locking-verify-input.html
 */
export function notLocked(method: LockingMethod, inputs: readonly Pick<Input, 'settings'>[]): string | undefined {
  if (method === 'none') return 'OutputLockingMode is DISABLED';
  if (method === 'source-timecode') {
    return 'they are locked by the timecode of the input, which no input of the local run has; set PipelineLockingMethod to VIDEO_ALIGNMENT';
  }
  for (const { settings } of inputs) {
    const { name, source } = settings;
    if (source.type === 'URL_PULL') return `${name} is HLS, and a channel with such an input is not locked`;
    if (source.kind === 'file' && new Set(source.clips.map(({ url }) => url)).size > 1) {
      return `the files of ${name} are two, and may show different video`;
    }
  }
  return undefined;
}
