import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import type { Value } from 'small-cloud';

/** A function as its bundle exports it. */
export type Handler = (event: CloudFormationCustomResourceEvent, context: Context) => Promise<void>;

const MINUTE = 60_000;
/** Time-out of the functions in the template. */
const TIMEOUT = 15 * MINUTE;
/** Waits of Lambda before it retries an asynchronous invocation. */
const RETRIES = [MINUTE, 2 * MINUTE];

/** Greatest age of an event that the template lets Lambda retry. */
const OLDEST = 5 * MINUTE;

/** Faults of invocations. */
export interface LambdaFaults {
  /** Milliseconds after which the next invocations die, in their order. */
  readonly deaths: number[];
}

/**
 * Lambda in the test's own process and time. An invocation ends when its handler returns, when it dies, or at its
 * time-out; from then on nothing of it takes effect. A failed event is retried twice.
 */
export class FakeLambda {
  invocations = 0;

  constructor(
    private readonly handlers: (functionArn: string, alive: () => boolean) => Handler,
    readonly faults: LambdaFaults,
  ) {}

  async invokeAsync(functionArn: string, event: Value): Promise<void> {
    const begun = Date.now();
    for (const pause of [0, ...RETRIES]) {
      await sleep(pause);
      if (Date.now() - begun > OLDEST) return;
      if (await this.invoke(functionArn, event)) return;
    }
  }

  private async invoke(functionArn: string, event: Value): Promise<boolean> {
    this.invocations += 1;
    const end = Date.now() + TIMEOUT;
    let alive = true;
    const context = { getRemainingTimeInMillis: () => Math.max(0, end - Date.now()) } as Context;
    const handler = this.handlers(functionArn, () => alive);
    const death = this.faults.deaths.shift();
    const work = handler(event as unknown as CloudFormationCustomResourceEvent, context).then(
      () => true,
      () => false,
    );
    const killed = sleep(Math.min(death ?? TIMEOUT, TIMEOUT)).then(() => false);
    const done = await Promise.race([work, killed]);
    alive = false;
    return done;
  }
}

function sleep(milliseconds: number): Promise<void> {
  return milliseconds === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, milliseconds));
}
