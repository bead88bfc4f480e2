import type { LiveStreamInput } from '../../../lib/channel/live-stream';

const measured = (analytics: LiveStreamInput['analytics']): Partial<LiveStreamInput> => ({ analytics });

/** Changes of what is known about the audience. */
export const ANALYTICS_UPDATES = [
  { option: 'analytics', change: 'it is added', after: measured(true) },
  { option: 'analytics.keepDays', before: measured(true), after: measured({ keepDays: 30 }) },
  { option: 'analytics.onDelete', before: measured(true), after: measured({ onDelete: 'retain' }) },
] as const;
