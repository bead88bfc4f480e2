import { z } from 'zod';
import { explain, stringThat } from './field';

const groups = z.strictObject({
  groups: z
    .array(
      stringThat(
        (name) => /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(name),
        'a letter or digit, then up to 63 letters, digits, hyphens and underscores',
      ),
    )
    .min(1)
    .max(20),
});

explain(groups.shape, {
  groups: {
    what: 'Groups of viewers that may watch the channel: a viewer needs one of them. With Cognito, they are groups of the user pool.',
    see: 'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-user-groups.html',
  },
});

/** Schema of those who may watch a channel: everybody, every viewer who is signed in or has a link, or viewers of some groups. */
export const channelAccessSchema = z.union([z.enum(['public', 'viewers']), groups]);

/** Those who may watch a channel, as described. */
export type ChannelAccess = z.infer<typeof channelAccessSchema>;

/** Returns the groups that may watch a channel; undefined where a viewer needs none. */
export function groupsOf(access: ChannelAccess | undefined): readonly string[] | undefined {
  return typeof access === 'object' ? access.groups : undefined;
}
