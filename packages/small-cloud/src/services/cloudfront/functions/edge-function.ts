import { createHash, createHmac } from 'node:crypto';
import querystring from 'node:querystring';
import vm from 'node:vm';
import { UnsupportedError } from '../../../contract';

/** CloudFront refuses larger functions, in bytes. */
const LARGEST = 10_240;

/**
 * Milliseconds that a call, and loading the code, may take. CloudFront allows about one of its own; a laptop that is also
 * encoding video may be held up for several hundred. They are for loops without an end only.
 */
const TIME_LIMIT = { call: 5000, load: 10_000 } as const;

/** What a function may import; nothing here reaches the file system or the network. */
const MODULES: Readonly<Record<string, unknown>> = {
  crypto: { createHash, createHmac },
  querystring,
};

/**
 * The handler is called at once, not from a promise: Node can end an endless loop there, while ending one inside of a
 * promise may take the whole process with it. One behind an `await` is therefore out of reach of the time limit.
 */
const CALL = `answer = problem = undefined;
  (() => {
    const failed = (error) => { problem = String(error); };
    try {
      Promise.resolve(handler(JSON.parse(input))).then((value) => { answer = JSON.stringify(value); }).catch(failed);
    } catch (error) { failed(error); }
  })();`;

/**
 * A CloudFront Function of the runtime `cloudfront-js-2.0`, in a context of its own with nothing of Node in it. That is
 * a likeness and no security boundary: the code is the template's own. It also cannot refuse newer JavaScript than
 * CloudFront's runtime has.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */
export class EdgeFunction {
  private readonly context: vm.Context;
  private readonly call: vm.Script;

  /**
   * @param name - for messages.
   * @throws UnsupportedError for an import that is not modelled (`cloudfront`, the key value stores, among them); Error
   * when the code is too large or does not compile.
   */
  constructor(
    readonly name: string,
    code: string,
  ) {
    const size = Buffer.byteLength(code);
    if (size > LARGEST) throw new Error(`${name}: the code has ${size} bytes; CloudFront takes at most ${LARGEST}.`);
    const scope: object = Object.create(null);
    Object.assign(scope, { require: (module: string) => this.module(module), console: { log() {}, error() {} } });
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
   * Calls `handler(event)` and waits for what it promises.
   *
   * @throws Error with the function's own words when it fails, takes too long, or answers nothing.
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

  private module(name: string): unknown {
    if (name in MODULES) return MODULES[name];
    throw new UnsupportedError(
      `${this.name}: the module "${name}" is not modelled by the local run; known: ${Object.keys(MODULES).join(', ')}.`,
    );
  }
}
