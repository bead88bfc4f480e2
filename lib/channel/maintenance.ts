import { z } from 'zod';
import { field } from './field';

/** The days of the week as MediaLive spells them. */
const DAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;

/** When AWS may restart the pipelines of a running channel to maintain them. */
export const maintenanceSchema = z.strictObject({
  day: field(z.enum(DAYS), { what: 'Day of the week, in UTC.' }),
  startHour: field(z.int().min(0).max(23), {
    what: 'Hour in which the window begins, in UTC.',
    unit: 'hours',
    effect: 'A channel of a single pipeline is off the air while it is restarted: choose an hour without a show.',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-medialive-channel-maintenancecreatesettings.html',
  }),
});

/** The maintenance window of a channel, as described. */
export type Maintenance = z.infer<typeof maintenanceSchema>;
