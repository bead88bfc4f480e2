import { z } from 'zod';
import { explain } from './field';

/** The days of the week as MediaLive spells them. */
const DAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;

/** When AWS may restart the pipelines of a running channel to maintain them. */
export const maintenanceSchema = z.strictObject({
  day: z.enum(DAYS),
  startHour: z.int().min(0).max(23),
});

explain(maintenanceSchema.shape, {
  day: { what: 'Day of the week, in UTC.' },
  startHour: {
    what: 'Hour in which the window begins, in UTC.',
    unit: 'hours',
    effect: 'A channel with a single pipeline is off the air during the restart: choose an hour without a show.',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-medialive-channel-maintenancecreatesettings.html',
  },
});

/** The maintenance window of a channel, as described. */
export type Maintenance = z.infer<typeof maintenanceSchema>;
