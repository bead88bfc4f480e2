import type { MetricDatum, Metrics } from '../../contract';

/** Hands measurements to CloudWatch once it listens; those that come before are dropped. */
export class MetricFeed implements Metrics {
  private listener: Metrics | undefined;

  listen(listener: Metrics): void {
    this.listener = listener;
  }

  put(datum: MetricDatum): void {
    this.listener?.put(datum);
  }

  logged(source: string, line: string): void {
    this.listener?.logged(source, line);
  }
}
