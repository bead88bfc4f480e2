/** One measurement. */
export interface MetricDatum {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
  /** Time of the measurement, in milliseconds since 1970 in the cloud's time. @default now */
  readonly at?: number;
}

/** The side of CloudWatch that other services send their measurements to. */
export interface Metrics {
  put(datum: MetricDatum): void;
  /** Takes a line of a function's log, which may hold embedded metrics. */
  logged(source: string, line: string): void;
}
