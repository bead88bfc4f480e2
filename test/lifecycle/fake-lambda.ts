import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import type { Value } from 'small-cloud';

/** A function as its bundle exports it. */
export type Handler = (event: CloudFormationCustomResourceEvent, context: Context) => Promise<void>;

const MINUTE = 60_000;
/** The time-out that the template gives the functions. */
const TIMEOUT = 15 * MINUTE;
/** Lambda's waits before it tries an asynchronous invocation again. */
const RETRIES = [MINUTE, 2 * MINUTE];

/** How old an event may be that the template lets be tried again. */
const OLDEST = 5 * MINUTE;

/** What is to happen to invocations. */
export interface LambdaFaults {
  /** How many of the coming invocations die, each so many milliseconds after its begin. */
  readonly deaths: number[];
}

/**
 * Lambda in the test's own process and time: invocations end when their handler returns, when they die, or when their
 * time is over; then nothing of them goes on, and an event is tried twice again.
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
