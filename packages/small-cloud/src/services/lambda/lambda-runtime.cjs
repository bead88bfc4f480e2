/**
 * The runtime inside a sandbox: loads the function's bundle, calls its handler, and freezes. Invocations come on standard
 * input, one JSON object a line; the process ends with the input. Outcomes go to file descriptor 3 in the same form:
 * `{"ready":true}` once the bundle is loaded (the function's timeout counts from there), then `{"payload":…}` or
 * `{"error":…}` for each invocation; `"ends":true` says that the process ends with it.
 *
 * Everything in the process stops when the handler's promise settles, as Lambda freezes its sandbox, because waiting for the
 * next line blocks it. Work that was not awaited goes on with the next invocation, or is lost when there is none.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
const dns = require('node:dns');
const { existsSync } = require('node:fs');
const http = require('node:http');
const https = require('node:https');
const { syncBuiltinESMExports } = require('node:module');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { nextLine, say } = require('./lambda-pipes.cjs');

/** Base URLs of the public names of the cloud, as the newest invocation knows them. */
const names = {};
/** The invocation under way. */
let current = nextInvocation();
const { clock } = current;

function nextInvocation() {
  const line = nextLine();
  Object.assign(names, line.names);
  return line;
}

/** The time of this machine, which the function's deadline is measured with, whatever time it is in the cloud. */
const machineNow = Date.now;

/**
 * Makes `Date` show the time of a hurried cloud, or a guard that computes how long a channel has been running would compare
 * two clocks. `setTimeout` and the function's own timeout keep this machine's time, because a function waits for things that
 * happen on this machine.
 *
 * @param clock - `origin` is the cloud's time when it was `since` on this machine, both in milliseconds since 1970.
 */
function hurry({ origin, since, speed }) {
  const Machine = Date;
  const now = () => Math.floor(origin + (machineNow() - since) * speed);
  globalThis.Date = new Proxy(Machine, {
    construct: (target, given, self) => Reflect.construct(target, given.length === 0 ? [now()] : given, self),
    apply: () => new Machine(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
  Machine.prototype.constructor = globalThis.Date;
}

/** Says how an invocation ended, and waits for the next one. A second answer to the same invocation is ignored. */
function freeze(own, outcome) {
  if (current !== own) return;
  say(outcome);
  current = nextInvocation();
  setImmediate(() => handle(current));
}

const errorOf = (error) => ({
  error: {
    errorType: error?.name ?? 'Error',
    errorMessage: error?.message ?? String(error),
    trace: String(error?.stack ?? error).split('\n'),
  },
});
const succeed = (own, result) => freeze(own, { payload: result === undefined ? null : result });
const fail = (own, error) => freeze(own, errorOf(error));

/** Reports an error outside of the handler, after which the sandbox is of no use. */
function die(error) {
  say({ ...errorOf(error), ends: true });
  process.exit(1);
}

/**
 * Makes `https` find hosts of the small cloud, over http: the local API, whose response addresses CloudFormation's handlers
 * expect on port 443, and the public names, such as a distribution's or that of the keys of a user pool.
 *
 * @param known - base URLs by host name, which may become more.
 * @param api - the same for the local API.
 */
function takeRequestsHome(known, api) {
  const request = https.request;
  https.request = (first, second, third) => {
    const address = typeof first === 'string' || first instanceof URL ? new URL(first) : undefined;
    const options = address ? (typeof second === 'object' ? second : {}) : first;
    const name = address?.hostname ?? options.hostname ?? options.host;
    const found = [known, api].find((urls) => Object.hasOwn(urls, name));
    if (found === undefined) return request(first, second, third);
    const base = new URL(found[name]);
    const path = options.path ?? (address ? address.pathname + address.search : '/');
    const callback = typeof second === 'function' ? second : third;
    const { agent: _, ...rest } = options;
    const { hostname: host, port } = base;
    const local = { path: base.pathname.replace(/\/$/, '') + path, protocol: 'http:', host, hostname: host, port };
    return http.request({ ...rest, ...local }, callback);
  };
  // Node's own `get` does not look for another `request`.
  https.get = (...given) => https.request(...given).end();
  // Names that an ES module imports follow.
  syncBuiltinESMExports();
}

/** The host of the local API, as a name. */
function apiName(url) {
  return url ? { [new URL(url).hostname]: new URL(url).origin } : {};
}

/** Makes `fetch` find the public names of the small cloud, such as a distribution's, in place of DNS. */
function resolveNames(known) {
  const there = globalThis.fetch;
  globalThis.fetch = (input, options) => {
    if (input instanceof Request) return there(input, options);
    const url = new URL(input);
    const base = known[url.hostname];
    return there(base === undefined ? input : `${base}${url.pathname}${url.search}`, options);
  };
}

/**
 * Makes names below `localhost` lead to loopback (RFC 6761, section 6.3). The SDK asks for `<account>.localhost`.
 */
function resolveLocalhost() {
  dns.lookup = new Proxy(dns.lookup, {
    apply: (there, self, [host, ...rest]) =>
      Reflect.apply(there, self, [/\.localhost$/i.test(host) ? '127.0.0.1' : host, ...rest]),
  });
}

/** The module of `index.handler` or `src/index.handler`, and the name of the handler in it. */
async function loadHandler() {
  const root = process.env.LAMBDA_TASK_ROOT;
  const [, file, name] = /^((?:.*\/)?[^./]*)\.(.+)$/.exec(process.env._HANDLER) ?? [];
  const found = ['.js', '.mjs', '.cjs'].map((ending) => join(root, file + ending)).find((path) => existsSync(path));
  if (found === undefined) {
    throw Object.assign(new Error(`Cannot find module '${file}'`), { name: 'Runtime.ImportModuleError' });
  }
  const loaded = await import(pathToFileURL(found).href);
  const nested = (module) => name.split('.').reduce((part, key) => part?.[key], module);
  const handler = nested(loaded) ?? nested(loaded.default);
  if (typeof handler !== 'function') {
    throw Object.assign(new Error(`${process.env._HANDLER} is undefined or not exported`), {
      name: 'Runtime.HandlerNotFound',
    });
  }
  return handler;
}

function contextOf(own) {
  const deadline = performance.now() + own.timeoutSeconds * 1000;
  return {
    ...own.context,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - performance.now()),
    done: (error, result) => (error ? fail(own, error) : succeed(own, result)),
    succeed: (result) => succeed(own, result),
    fail: (error) => fail(own, error),
  };
}

let handler;

async function start() {
  if (clock) hurry(clock);
  resolveNames(names ?? {});
  resolveLocalhost();
  takeRequestsHome(names, apiName(process.env.AWS_ENDPOINT_URL));
  handler = await loadHandler();
  if (handler.length >= 3 && process.env.AWS_EXECUTION_ENV === 'AWS_Lambda_nodejs24.x') {
    throw Object.assign(
      new Error('AWS Lambda has removed support for callback-based function handlers starting with Node.js 24.'),
      { name: 'Runtime.CallbackHandlerDeprecated' },
    );
  }
  say({ ready: true });
  await handle(current);
}

async function handle(own) {
  const context = contextOf(own);
  // A callback's result waits for the event loop to run empty, unless the handler says otherwise.
  own.settle = () => succeed(own, null);
  try {
    const result = handler(own.event, context, (error, value) => {
      own.settle = () => (error ? fail(own, error) : succeed(own, value));
      if (!context.callbackWaitsForEmptyEventLoop) own.settle();
    });
    if (typeof result?.then === 'function') succeed(own, await result);
  } catch (error) {
    fail(own, error);
  }
}

process.on('beforeExit', () => current.settle?.());
process.on('uncaughtException', die);
process.on('unhandledRejection', die);
start().catch(die);
