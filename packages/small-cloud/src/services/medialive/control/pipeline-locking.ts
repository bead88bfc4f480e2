import type { LockingMethod } from '../contract/plan';
import type { Input } from './input';

/**
 * Types of input whose frames MediaLive does not compare, with their names. While one is on air, the pipelines are not
 * locked; with HLS among the inputs they never are.
 */
const NOT_ALIGNED: ReadonlyMap<string, string> = new Map([
  ['MP4_FILE', 'a file'],
  ['TS_FILE', 'a file'],
  ['RTMP_PULL', 'pulled RTMP'],
]);

/**
 * Explains why the service would not lock the pipelines of a channel with these inputs; undefined where it would.
 *
 * @param inputs - the one that the channel begins with, and those that it may be switched to.
 * @see https://docs.aws.amazon.com/medialive/latest/ug/pipeline-locking-verify-input.html
 */
export function notLocked(method: LockingMethod, inputs: readonly Pick<Input, 'settings'>[]): string | undefined {
  if (method === 'none') return 'OutputLockingMode is DISABLED';
  if (method === 'source-timecode') {
    return 'they are locked by the timecode of the input, which no input of the local run has; set PipelineLockingMethod to VIDEO_ALIGNMENT';
  }
  const hls = inputs.find(({ settings }) => settings.source.type === 'URL_PULL');
  if (hls !== undefined) return `${hls.settings.name} is HLS, and a channel with such an input is not locked`;
  const [first] = inputs;
  const what = NOT_ALIGNED.get(first?.settings.source.type ?? '');
  return what && `${first?.settings.name} is ${what}, whose frames MediaLive does not compare`;
}
