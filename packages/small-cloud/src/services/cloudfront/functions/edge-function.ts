import vm from 'node:vm';
import { type CloudClock, UnsupportedError } from '../../../contract';
import type { KeyValueStore } from '../key-values/key-value-store';
import { cloudfrontModule } from './cloudfront-module';
import { problemsOf } from './language';
import { runnable, TICK } from './runnable';
import { surroundings } from './surroundings';
import { parsed } from './syntax';

/** Largest function that CloudFront accepts, in bytes. */
const LARGEST = 10_240;

/**
 * Longest time for a call and for loading the code, in milliseconds. CloudFront allows about one. A laptop that encodes
 * video at the same time may need several hundred, so these limits only stop endless loops.
 */
const TIME_LIMIT = { call: 5000, load: 10_000 } as const;

/**
 * Time by which Node's own limit is later, in milliseconds. It is for what no tick is in, such as one long search of a
 * regular expression, and must not come first after an `await`.
 */
const LAST_RESORT = 5000;

/** Most problems of the language that one error names. */
const MOST_PROBLEMS = 5;

/** Script that calls the handler, and keeps its answer or its problem. */
const CALL = `answer = problem = undefined;
  (() => {
    const failed = (error) => { problem = String(error); };
    try {
      Promise.resolve(handler(JSON.parse(input))).then((value) => { answer = JSON.stringify(value); }).catch(failed);
    } catch (error) { failed(error); }
  })();`;

/** Script that makes the function which loops call. It looks at the clock once in a thousand calls until time is over. */
const TICKER = `(function (isLate) {
  let left = 1000;
  return () => {
    if (--left > 0) return;
    left = isLate() ? 1 : 1000;
    if (left === 1) throw new Error('the function timed out');
  };
})`;

/** Script that makes `Date` show the cloud's time, which stands still during a call. */
const CLOCK = `(function (time) {
  const Machine = Date;
  globalThis.Date = new Proxy(Machine, {
    construct: (target, given, self) => Reflect.construct(target, given.length === 0 ? [time()] : given, self),
    apply: () => new Machine(time()).toString(),
    get: (target, key) => (key === 'now' ? time : Reflect.get(target, key)),
  });
  Machine.prototype.constructor = globalThis.Date;
})`;

/** Options of a function. */
export interface EdgeFunctionOptions {
  /** The key value store that it may read. @default none */
  readonly store?: KeyValueStore | undefined;
  /** Longest time for a call, in milliseconds. @default 5000 */
  readonly limitMilliseconds?: number;
  /** The clock that its `Date` shows. @default that of this machine */
  readonly clock?: Pick<CloudClock, 'now'>;
}

/**
 * A CloudFront Function of the runtime `cloudfront-js-2.0`, in a context of its own without Node's globals. The
 * context imitates the runtime and is not a security boundary: the code comes from the template.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */
export class EdgeFunction {
  readonly store: KeyValueStore | undefined;
  private readonly context: vm.Context;
  private readonly call = new vm.Script(CALL);
  private readonly limit: number;
  private readonly clock: Pick<CloudClock, 'now'>;
  /** Time of the running call in the cloud, in milliseconds since 1970. */
  private time: number;
  /** Time at which the running call ends, in milliseconds of `performance.now()`. */
  private deadline = 0;

  /**
   * @param name - name in messages.
   * @throws Error when the code is too large, does not compile, or is not in the language of the runtime.
   */
  constructor(
    readonly name: string,
    code: string,
    { store, limitMilliseconds = TIME_LIMIT.call, clock = Date }: EdgeFunctionOptions = {},
  ) {
    this.store = store;
    this.limit = limitMilliseconds;
    this.clock = clock;
    this.time = clock.now();
    const size = Buffer.byteLength(code);
    if (size > LARGEST) throw new Error(`${name}: the code has ${size} bytes; CloudFront accepts at most ${LARGEST}.`);
    const script = checked(name, code);
    const run = (source: string) => new vm.Script(source).runInContext(this.context);
    const scope = surroundings(name, () => cloudfrontModule(run, store));
    this.context = vm.createContext(scope, {
      codeGeneration: { strings: false, wasm: false },
      microtaskMode: 'afterEvaluate',
    });
    const showTime: unknown = run(CLOCK);
    if (typeof showTime === 'function') showTime(() => this.time);
    const ticker: unknown = run(TICKER);
    if (typeof ticker !== 'function') throw new Error('The ticker is not a function.');
    this.context[TICK] = ticker(() => performance.now() > this.deadline);
    try {
      this.timed(new vm.Script(script, { filename: name }), TIME_LIMIT.load);
    } catch (error) {
      if (error instanceof UnsupportedError) throw error;
      throw new Error(`${name}: the code does not load: ${error}`);
    }
  }

  /**
   * Calls `handler(event)` and returns its answer, or the value of the promise that it returns.
   *
   * @throws Error with the function's own message when it fails, takes too long, or answers nothing.
   */
  run(event: object): unknown {
    this.context['input'] = JSON.stringify(event);
    this.timed(this.call, this.limit);
    const { answer, problem } = this.context;
    if (typeof problem === 'string') throw new Error(`${this.name}: ${problem}`);
    if (typeof answer !== 'string') {
      throw new Error(`${this.name}: the handler answered neither a request nor a response.`);
    }
    return JSON.parse(answer);
  }

  private timed(script: vm.Script, limit: number): void {
    this.time = this.clock.now();
    this.deadline = performance.now() + limit;
    script.runInContext(this.context, { timeout: limit + LAST_RESORT });
  }
}

/** Judges code, and rewrites it for a script. */
function checked(name: string, code: string): string {
  const read = parsed(code);
  if ('problem' in read) throw new Error(`${name}: the code does not load: ${read.problem}`);
  const problems = problemsOf(read.program);
  if (problems.length === 0) return runnable(code, read.program);
  const named = problems.slice(0, MOST_PROBLEMS).join('; ');
  const more = problems.length > MOST_PROBLEMS ? `; and ${problems.length - MOST_PROBLEMS} more` : '';
  throw new Error(`${name}: ${named}${more}. CloudFront lists what it is: functions-javascript-runtime-20.`);
}
