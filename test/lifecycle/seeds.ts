import type { GuardedChannels } from '../../lambda/guard/surroundings';
import type { OwnStack } from '../../lambda/shared/channels/channels';
import type { CustomResourceHandler, customResource } from '../../lambda/shared/custom-resource/respond';
import type { Variant } from './variants';

/** Replacements for real parts of a world. With them a test shows that a fault of such a part is found. */
export interface Seeds {
  readonly customResource?: typeof customResource;
  readonly channelState?: (real: CustomResourceHandler, channels: GuardedChannels) => CustomResourceHandler;
  readonly channels?: (real: GuardedChannels) => GuardedChannels;
  readonly ownStack?: (real: OwnStack) => OwnStack;
  readonly variant?: (real: Variant) => Variant;
  readonly withoutGuard?: true;
}

/** Keeps the real part. */
export function same<T>(one: T): T {
  return one;
}
