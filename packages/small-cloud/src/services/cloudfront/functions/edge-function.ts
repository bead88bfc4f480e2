import vm from 'node:vm';
import { UnsupportedError } from '../../../contract';
import type { KeyValueStore } from '../key-values/key-value-store';
import { cloudfrontModule } from './cloudfront-module';
import { surroundings } from './surroundings';

/** Largest function that CloudFront accepts, in bytes. */
const LARGEST = 10_240;

/**
 * Longest time for a call and for loading the code, in milliseconds. CloudFront allows about one. A laptop that encodes
 * video at the same time may need several hundred, so these limits only stop endless loops.
 */
const TIME_LIMIT = { call: 5000, load: 10_000 } as const;

/**
 * Script that calls the handler directly, not from a promise: Node can stop an endless loop there, while stopping
 * one in a promise may end the whole process. The time limit therefore does not cover code after an `await`.
 */
const CALL = `answer = problem = undefined;
  (() => {
    const failed = (error) => { problem = String(error); };
    try {
      Promise.resolve(handler(JSON.parse(input))).then((value) => { answer = JSON.stringify(value); }).catch(failed);
    } catch (error) { failed(error); }
  })();`;

/**
 * A CloudFront Function of the runtime `cloudfront-js-2.0`, in a context of its own without Node's globals. The
 * context imitates the runtime and is not a security boundary: the code comes from the template. It accepts newer
 * JavaScript than CloudFront does.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */
export class EdgeFunction {
  private readonly context: vm.Context;
  private readonly call: vm.Script;

  /**
   * @param name - name in messages.
   * @param store - the key value store that the function may read. @default none
   * @throws UnsupportedError for an import that is not modelled; Error when the code is too large or does not compile.
   */
  constructor(
    readonly name: string,
    code: string,
    readonly store?: KeyValueStore,
  ) {
    const size = Buffer.byteLength(code);
    if (size > LARGEST) throw new Error(`${name}: the code has ${size} bytes; CloudFront accepts at most ${LARGEST}.`);
    const scope = surroundings(name, () => {
      return cloudfrontModule((module) => new vm.Script(module).runInContext(this.context), store);
    });
    this.context = vm.createContext(scope, {
      codeGeneration: { strings: false, wasm: false },
      microtaskMode: 'afterEvaluate',
    });
    const importsAsRequires = code.replace(
      /^\s*import\s+([\w$]+|\{[^}]*\})\s+from\s+(['"][^'"]+['"]);?/gm,
      'const $1 = require($2);',
    );
    try {
      new vm.Script(importsAsRequires, { filename: name }).runInContext(this.context, {
        timeout: TIME_LIMIT.load,
      });
    } catch (error) {
      if (error instanceof UnsupportedError) throw error;
      throw new Error(`${name}: the code does not load: ${error}`);
    }
    this.call = new vm.Script(CALL, { filename: `${name} (call)` });
  }

  /**
   * Calls `handler(event)` and returns its answer, or the value of the promise that it returns.
   *
   * @throws Error with the function's own message when it fails, takes too long, or answers nothing.
   */
  run(event: object): unknown {
    this.context['input'] = JSON.stringify(event);
    this.call.runInContext(this.context, { timeout: TIME_LIMIT.call });
    const { answer, problem } = this.context;
    if (typeof problem === 'string') throw new Error(`${this.name}: ${problem}`);
    if (typeof answer !== 'string') {
      throw new Error(`${this.name}: the handler answered neither a request nor a response.`);
    }
    return JSON.parse(answer);
  }
}
