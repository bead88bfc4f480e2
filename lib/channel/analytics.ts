import { z } from 'zod';
import { explain } from './field';

const options = z.strictObject({
  keepDays: z.int().min(1).max(3650).default(90),
  onDelete: z.enum(['delete-with-stack', 'retain']).default('delete-with-stack'),
});

explain(options.shape, {
  keepDays: {
    what: 'How long the reports are kept. S3 removes them a day or two later.',
    unit: 'days',
    effect: 'Higher keeps more to compare with; a report takes about 150 bytes.',
    local: 'The small cloud removes nothing by age.',
    see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-expire-general-considerations.html',
  },
  onDelete: {
    what: 'Whether the bucket of the reports is deleted with the stack.',
    effect: '`retain` keeps the bucket and its lifetimes; its name is among the Outputs.',
  },
});

/** Schema of the reports of the audience. Left out: nothing of them is in the template, and the player sends none. */
export const analyticsSchema = z.union([z.literal(true), options]);

/** Options of the reports of the audience with every default filled in. */
export type Analytics = z.infer<typeof options>;

/** Fills in the options where the description says `true`; undefined where it leaves analytics out. */
export function analyticsOf({
  analytics,
}: {
  readonly analytics?: z.infer<typeof analyticsSchema> | undefined;
}): Analytics | undefined {
  return analytics === true ? options.parse({}) : analytics;
}
