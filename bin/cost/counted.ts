import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { streamTiming } from '../../lib/channel/latency';
import type { LiveStream } from '../../lib/channel/live-stream';
import type { CountedOperations } from '../../lib/cost/operations-cost';
import { LiveStreamingStack } from '../../lib/live-streaming-stack';
import { bundles } from '../build';

/** Longest wait of the probe between its two looks at a channel, in seconds (`lambda/probe/sight.ts`). */
const LONGEST_WAIT_SECONDS = 12;

/**
 * Counts what the operations of a description consist of, in the stack itself: which alarms there are depends on origins,
 * inputs and functions.
 *
 * @returns undefined for a description without operations.
 */
export function countedOperations(stream: LiveStream): CountedOperations | undefined {
  if (stream.operations === false) return undefined;
  const outdir = mkdtempSync(join(tmpdir(), 'counted-'));
  try {
    const app = new App({ outdir, analyticsReporting: false });
    const { operations } = new LiveStreamingStack(app, 'Counted', { stream, bundles: bundles() });
    if (operations === undefined) return undefined;
    const { alarmMetrics, dashboardMetrics, probed } = operations.charged;
    return {
      alarmMetrics,
      dashboardMetrics,
      probed: probed && stream.channels.filter(({ name }) => probed.includes(name)).map(wait),
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function wait({ latency }: LiveStream['channels'][number]) {
  return { waitSeconds: Math.min(streamTiming(latency).segmentSeconds, LONGEST_WAIT_SECONDS) };
}
