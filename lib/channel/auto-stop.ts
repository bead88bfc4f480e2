import { z } from 'zod';
import { explain } from './field';

const NEVER = z.literal('never');

const autoStop = z.strictObject({
  afterInputLossMinutes: z.union([z.int().min(5).max(1440), NEVER]).default(60),
  afterRunningHours: z.union([z.int().min(1).max(8760), NEVER]).default(24),
});

explain(autoStop.shape, {
  afterInputLossMinutes: {
    what: "How long the input of a running channel may be lost before the channel is stopped. MediaLive's alerts decide; `'never'` is for channels that run round the clock.",
    unit: 'minutes',
    effect: 'Lower saves money after an event; higher gives a publisher more time to come back.',
    see: 'https://docs.aws.amazon.com/medialive/latest/apireference/channels-channelid-alerts.html',
  },
  afterRunningHours: {
    what: "How long a channel may run before it is stopped, with or without input; `'never'` for channels that run round the clock.",
    unit: 'hours',
    effect: 'This is the backstop that needs no alert: it bounds the cost of a forgotten channel.',
    see: 'https://aws.amazon.com/medialive/pricing/',
  },
});

/** When a channel is stopped automatically, so that a forgotten one does not cost money for weeks. */
export const autoStopSchema = autoStop.default({ afterInputLossMinutes: 60, afterRunningHours: 24 });
