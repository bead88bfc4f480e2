/** An open session, as the function of the keys lists it for an operator. Times are in seconds since 1970. */
export interface ListedSession {
  readonly sid: string;
  /** Name of the sign-in, or of the link. */
  readonly viewer: string;
  readonly channel: string;
  readonly device: string;
  readonly since: number;
  /** Time of the last renewal. */
  readonly seen: number;
  readonly countries: readonly string[];
  /** True when it looks like many viewers. */
  readonly reported: boolean;
}
