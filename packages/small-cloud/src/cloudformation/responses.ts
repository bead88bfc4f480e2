import { randomUUID } from 'node:crypto';
import type { ApiResponse, Cloud } from '../contract';

/** An address that expects a response. */
export interface PendingResponse {
  /** Path below the local API: `/cloudformation/responses/…`. */
  readonly path: string;
  /** The body of the first response; undefined after the timeout or {@link CustomResourceResponses.stop}. */
  readonly received: Promise<Buffer | undefined>;
  /** Takes the address back, when no function was invoked. */
  withdraw(): void;
}

/** Numbers of requests by the number of their responses so far, late ones included. */
export interface ResponseAccounts {
  readonly never: number;
  readonly once: number;
  readonly moreThanOnce: number;
}

interface Waiting {
  readonly who: string;
  readonly settle: (body: Buffer | undefined) => void;
  answers: number;
  state: 'waiting' | 'answered' | 'given up';
}

/**
 * The addresses for the responses of custom resources, one for each request. An address takes one response. Later ones
 * are answered with 200, as by S3, and change nothing; a warning reports them, because AWS would lose them silently.
 */
export class CustomResourceResponses {
  private readonly addresses = new Map<string, Waiting>();
  private stopped = false;

  constructor(private readonly cloud: Cloud) {}

  /**
   * Opens an address.
   *
   * @param who - logical id and request id, for warnings.
   * @param timeoutSeconds - the time after which no response is expected any more.
   */
  open(who: string, timeoutSeconds: number): PendingResponse {
    const token = randomUUID();
    const received = new Promise<Buffer | undefined>((resolve) => {
      const timer = setTimeout(() => waiting.settle(undefined), timeoutSeconds * 1000);
      const waiting: Waiting = {
        who,
        answers: 0,
        state: 'waiting',
        settle: (body) => {
          clearTimeout(timer);
          waiting.state = body === undefined ? 'given up' : 'answered';
          resolve(body);
        },
      };
      this.addresses.set(token, waiting);
      if (this.stopped) waiting.settle(undefined);
    });
    const withdraw = () => {
      const waiting = this.addresses.get(token);
      if (waiting?.state !== 'waiting') return;
      waiting.settle(undefined);
      this.addresses.delete(token);
    };
    return { path: `/cloudformation/responses/${token}`, received, withdraw };
  }

  /** Counts all requests. At the end of a successful run, each has one response. */
  get accounts(): ResponseAccounts {
    const answers = [...this.addresses.values()].map((waiting) => waiting.answers);
    const count = (fits: (times: number) => boolean) => answers.filter(fits).length;
    return {
      never: count((times) => times === 0),
      once: count((times) => times === 1),
      moreThanOnce: count((times) => times > 1),
    };
  }

  /** Takes the body of a PUT to an address. */
  receive(token: string, body: Buffer): ApiResponse {
    const waiting = this.addresses.get(token);
    if (waiting === undefined) return { status: 403, body: 'Request has expired' };
    waiting.answers += 1;
    if (waiting.state === 'waiting') {
      waiting.settle(body);
    } else {
      const late = waiting.state === 'answered' ? 'a second response was sent' : 'a response came after the timeout';
      this.cloud.tell('cloudformation', `${waiting.who}: ${late}; it is ignored`, 'warning');
    }
    return { status: 200 };
  }

  /** Settles every address that still waits. */
  stop(): void {
    this.stopped = true;
    for (const waiting of this.addresses.values()) if (waiting.state === 'waiting') waiting.settle(undefined);
  }
}
