import { z } from 'zod';
import { field } from './field';

const NEVER = z.literal('never');

/** When a channel is stopped by itself, so that a forgotten one does not cost money for weeks. */
export const autoStopSchema = z
  .strictObject({
    afterInputLossMinutes: field(z.union([z.int().min(5).max(1440), NEVER]).default(60), {
      what: "For how long the input of a running channel may be lost, by MediaLive's alerts, before the channel is stopped; `'never'` for channels that run round the clock.",
      unit: 'minutes',
      effect: 'Lower saves money after an event; higher gives a publisher more time to come back.',
      see: 'https://docs.aws.amazon.com/medialive/latest/apireference/channels-channelid-alerts.html',
    }),
    afterRunningHours: field(z.union([z.int().min(1).max(8760), NEVER]).default(24), {
      what: "For how long a channel may run before it is stopped, whatever comes in; `'never'` for channels that run round the clock.",
      unit: 'hours',
      effect: 'The backstop that needs no alert: it bounds what a forgotten channel can cost.',
      see: 'https://aws.amazon.com/medialive/pricing/',
    }),
  })
  .default({ afterInputLossMinutes: 60, afterRunningHours: 24 });
