/** The tags that every channel of a stack carries. The template sets them. */
export const CHANNEL_TAGS = {
  /** Id of the stack. The permissions of the stack's functions depend on it. */
  stack: 'live-streaming:stack',
  /** Name of the channel in the description. */
  channel: 'live-streaming:channel',
  /** Hash of everything that is baked into the channel and its inputs. */
  settings: 'live-streaming:settings',
} as const;

/** The tags that the functions of the stack write and remove while it lives. */
export const STATE_TAGS = {
  /** Marks a channel that was stopped for an update. It is started again if that update fails. */
  resume: 'live-streaming:resume',
  /** Time at which the channel was first seen running, in ISO 8601. */
  runningSince: 'live-streaming:running-since',
} as const;

/** Beginning of the tags in which the notices function counts. The key of the alarm follows. */
export const NOTICE_TAG = 'live-streaming:notices-';

/** Reads the time at which a channel was first seen running, in milliseconds since 1970; undefined if it was not. */
export function runningSince({ tags }: { readonly tags: Readonly<Record<string, string>> }): number | undefined {
  const time = Date.parse(tags[STATE_TAGS.runningSince] ?? '');
  return Number.isNaN(time) ? undefined : time;
}
