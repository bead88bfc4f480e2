import type { CloudClock, Value } from '../../contract';

/** An error of a function, as Lambda reports it. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** The result of an invocation. */
export type InvocationResult = { readonly payload: Value } | { readonly functionError: FunctionError };

/** A clock that runs `speed` times as fast as this machine's, and showed `origin` when this machine's showed `since`. */
export interface HurriedClock {
  readonly origin: number;
  readonly since: number;
  readonly speed: number;
}

/** One invocation, as the sandbox receives it. */
export interface Invocation {
  readonly taskRoot: string;
  readonly event: Value;
  /** The plain members of the context object. */
  readonly context: Readonly<Record<string, string>> & { readonly awsRequestId: string };
  readonly environment: Readonly<Record<string, string>>;
  /** The cloud's clock, when it differs from this machine's. */
  readonly clock?: HurriedClock | undefined;
  /** Counts from the moment the bundle is loaded. */
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** Base URLs of the public names of the cloud, in place of DNS. */
  readonly names: Readonly<Record<string, string>>;
  /** Receives every line that the function prints. */
  readonly print: (line: string) => void;
  /** Called when the handler begins, after its code was loaded. */
  readonly begins?: (() => void) | undefined;
  /** Ends the invocation at once. */
  readonly signal: AbortSignal;
}

/** The clock that a function is given; undefined for this machine's. */
export function hurriedClock(clock: CloudClock): HurriedClock | undefined {
  return clock.speed === 1 ? undefined : { origin: clock.now(), since: Date.now(), speed: clock.speed };
}
