import { z } from 'zod';
import { explain, stringThat } from './field';
import { rule } from './rule';

const thresholds = z.strictObject({
  staleSeconds: z.int().min(10).max(600).optional(),
  delaySeconds: z.int().min(5).max(600).optional(),
  silenceMinutes: z.int().min(1).max(60).optional(),
});

explain(thresholds.shape, {
  staleSeconds: {
    what: 'Age of the newest media at the edge from which the stream counts as standing still.',
    unit: 'seconds',
    effect: 'Left out: three segments, and at least 15 s. Lower tells earlier, and may tell of mere jitter.',
  },
  delaySeconds: {
    what: 'Delay of the newest media at the edge from which an alarm is raised.',
    unit: 'seconds',
    effect: 'Left out: the delay is measured and drawn, and raises no alarm.',
    local: 'With `--hurry` the delay says nothing, because the media keeps its own pace.',
  },
  silenceMinutes: {
    what: 'How long the audio may be below -60 dBFS before an alarm is raised.',
    unit: 'minutes',
    effect: 'Left out: there is no such alarm. A programme may be silent on purpose.',
    local: 'The small cloud does not measure audio levels.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/eml-metrics-output-metrics.html',
  },
});

/** Tells if a string is an https URL as it stands: URL parsers drop line breaks. */
function isHttpsUrl(text: string): boolean {
  return /^https:\/\/[^\s]+$/.test(text) && URL.canParse(text);
}

const parts = z.strictObject({
  probe: z.boolean().default(true),
  alarms: z.union([z.literal(false), thresholds]).default({}),
  dashboard: z.boolean().default(true),
  history: z.boolean().default(true),
  runbook: stringThat(isHttpsUrl, 'an https URL without blanks').optional(),
});

explain(parts.shape, {
  probe: {
    what: 'A function that plays every running channel through the edge once a minute.',
    effect: 'Without it, nothing tells of a stream that stands still although every service is well.',
  },
  alarms: {
    what: 'CloudWatch alarms for what viewers notice, and notices that say what to do.',
    effect:
      '`false` leaves them out. The first ten metrics of alarms of an account are free; each further one is 0.10 USD a month.',
    see: 'https://aws.amazon.com/cloudwatch/pricing/',
  },
  dashboard: {
    what: 'One CloudWatch dashboard, from the input to the audience.',
    effect: 'The first three dashboards of an account with up to 50 metrics each are free.',
    see: 'https://aws.amazon.com/cloudwatch/pricing/',
  },
  history: {
    what: 'MediaLive’s events in a log group for 30 days, for `npm run live -- history`.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/monitoring-cloudwatch-events.html',
  },
  runbook: {
    what: 'Address of your copy of docs/runbook.md; notices and the dashboard link to it.',
  },
});

/** Refuses options whose part is left out: they would be ignored. */
const nothingUnused = rule<z.infer<typeof parts>>(({ probe, alarms, dashboard, runbook }, problem) => {
  const measured = typeof alarms === 'object' ? (['staleSeconds', 'delaySeconds'] as const) : [];
  for (const limit of measured) {
    if (probe !== false || typeof alarms !== 'object' || alarms[limit] === undefined) continue;
    problem(
      ['alarms', limit],
      `${alarms[limit]} was given with probe: false; the probe measures it: leave one of them out`,
    );
  }
  if (runbook !== undefined && alarms === false && dashboard === false) {
    problem(
      ['runbook'],
      'an address was given with alarms: false and dashboard: false; nothing would link to it: leave it out',
    );
  }
});

/** Watches over the channels. On by default; `false` leaves all of it out. */
export const operationsSchema = z
  .union([z.literal(false), parts.check(nothingUnused)])
  .default({ probe: true, alarms: {}, dashboard: true, history: true });

/** Options of the operations with every default filled in. */
export type Operations = z.infer<typeof parts>;

/** The thresholds that a producer may set. */
export type AlarmThresholds = z.infer<typeof thresholds>;
