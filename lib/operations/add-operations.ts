import type { Construct } from 'constructs';
import type { LiveStream } from '../channel/live-stream';
import { Operations, type OperationsProps } from './operations';
import { type Stops, watchedChannel } from './watched';

/** Adds what watches over the channels, unless the description leaves it out. */
export function addOperations(
  scope: Construct,
  options: LiveStream['operations'],
  { channels, ...props }: Omit<OperationsProps, 'options' | 'channels'> & { readonly channels: readonly Stops[] },
): Operations | undefined {
  if (options === false) return undefined;
  return new Operations(scope, 'Operations', { ...props, options, channels: channels.map(watchedChannel) });
}
