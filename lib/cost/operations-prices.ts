import type { Price } from './price';

const cloudWatch = {
  basis: 'published',
  source: 'https://aws.amazon.com/cloudwatch/pricing/',
  date: '2026-11-28',
} as const;
const lambda = { basis: 'published', source: 'https://aws.amazon.com/lambda/pricing/', date: '2026-11-28' } as const;

/**
 * Prices of what watches over the channels. They are the same in both price books: AWS's guide has none of it.
 *
 * @see https://aws.amazon.com/cloudwatch/pricing/
 */
export const OPERATIONS_PRICES = {
  alarmMetric: { what: 'CloudWatch alarm, each metric in it', usd: 0.1, unit: 'month', free: 10, ...cloudWatch },
  /** AWS counts three dashboards free, each of at most {@link FREE_DASHBOARD_METRICS} metrics. */
  dashboard: { what: 'CloudWatch dashboard', usd: 3, unit: 'month', free: 3, ...cloudWatch },
  largeDashboard: { what: 'CloudWatch dashboard of more than 50 metrics', usd: 3, unit: 'month', ...cloudWatch },
  customMetric: { what: 'CloudWatch custom metric', usd: 0.3, unit: 'month', free: 10, ...cloudWatch },
  logs: { what: 'CloudWatch Logs, ingestion', usd: 0.5, unit: 'GB', free: 5, ...cloudWatch },
  invocations: { what: 'Lambda requests', usd: 0.2, unit: 'million requests', free: 1, ...lambda },
  duration: { what: 'Lambda duration, x86', usd: 16.6667, unit: 'million GB-seconds', free: 0.4, ...lambda },
  schedule: {
    what: 'EventBridge Scheduler invocations',
    usd: 1,
    unit: 'million requests',
    free: 14,
    basis: 'reported',
    source: 'https://cloudburn.io/blog/amazon-eventbridge-pricing',
    date: '2026-11-28',
    note: "another author's reading of the EventBridge price page",
  },
} as const satisfies Readonly<Record<string, Price>>;

/** Metrics of a dashboard up to which AWS counts it among the free ones. */
export const FREE_DASHBOARD_METRICS = 50;
