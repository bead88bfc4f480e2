/** An alert of a channel. */
export interface Alert {
  readonly id: string;
  readonly type: string;
  readonly message: string;
  readonly pipeline: number;
  /** Times of the small cloud, in milliseconds since 1970. */
  readonly setAt: number;
  readonly clearedAt: number | undefined;
}

/** Kind of an alert, and the message that comes with it. */
export type AlertKind = Pick<Alert, 'type' | 'message'>;

/** Tells whether an alert is up. */
export function isSet({ clearedAt }: Alert): boolean {
  return clearedAt === undefined;
}
