import type { LiveStreamInput } from '../../../lib/channel/live-stream';

const described = (polls: boolean): Partial<LiveStreamInput> => ({
  channels: [{ name: 'main', input: { kind: 'test-clip' }, timedMetadata: true, polls }],
});

/** Changes of polls. */
export const POLL_UPDATES = [
  { option: 'channels[].polls', change: 'they are added', before: described(false), after: described(true) },
] as const;
