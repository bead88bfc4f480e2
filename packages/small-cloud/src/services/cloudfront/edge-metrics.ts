import type { Cloud } from '../../contract';
import type { EdgeFigures } from './edge/edge';

const MINUTE_MILLISECONDS = 60_000;

/** An edge, as its metrics see it. */
interface MeasuredEdge {
  readonly distribution: { readonly id: string };
  readonly edge: { readonly figures: EdgeFigures };
}

/**
 * Sends the metrics of the distributions once a minute of the cloud's time, and none for a minute without a request.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
 */
export class EdgeMetrics {
  private readonly before = new Map<string, EdgeFigures>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly cloud: Pick<Cloud, 'clock' | 'metrics'>,
    private readonly edges: () => Iterable<MeasuredEdge>,
  ) {}

  start(): void {
    this.timer = setInterval(() => this.sample(), MINUTE_MILLISECONDS / this.cloud.clock.speed);
    this.timer.unref();
  }

  end(): void {
    clearInterval(this.timer);
  }

  sample(): void {
    for (const { distribution, edge } of this.edges()) {
      const now = edge.figures;
      const last = this.before.get(distribution.id) ?? { requests: 0, hits: 0, bytes: 0, refused: 0, failed: 0 };
      this.before.set(distribution.id, now);
      const requests = now.requests - last.requests;
      if (requests === 0) continue;
      const values = {
        Requests: requests,
        BytesDownloaded: now.bytes - last.bytes,
        '4xxErrorRate': (100 * (now.refused - last.refused)) / requests,
        '5xxErrorRate': (100 * (now.failed - last.failed)) / requests,
      };
      const dimensions = { DistributionId: distribution.id, Region: 'Global' };
      for (const [name, value] of Object.entries(values)) {
        this.cloud.metrics.put({ namespace: 'AWS/CloudFront', name, dimensions, value });
      }
    }
  }
}
