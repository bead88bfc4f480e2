/**
 * The runtime inside one invocation: loads the function's bundle, calls its handler, and freezes. The event comes on
 * standard input. The outcome goes to file descriptor 3, one JSON object a line: `{"ready":true}` once the bundle is
 * loaded (the function's timeout counts from there), then `{"payload":…}` or `{"error":…}`.
 *
 * The process ends at once when the handler's promise settles, as Lambda freezes its sandbox: work that was not awaited is
 * lost, in the local run always, in Lambda mostly.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
const dns = require('node:dns');
const { readFileSync, writeSync, existsSync } = require('node:fs');
const http = require('node:http');
const https = require('node:https');
const { syncBuiltinESMExports } = require('node:module');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const { event, context: facts, timeoutSeconds, clock, names } = JSON.parse(readFileSync(0, 'utf8'));

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

function say(line) {
  const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
  for (let sent = 0; sent < bytes.length; ) sent += writeSync(3, bytes, sent);
}

function freeze(outcome) {
  say(outcome);
  process.exit(0);
}

const succeed = (result) => freeze({ payload: result === undefined ? null : result });
const fail = (error) =>
  freeze({
    error: {
      errorType: error?.name ?? 'Error',
      errorMessage: error?.message ?? String(error),
      trace: String(error?.stack ?? error).split('\n'),
    },
  });

/**
 * Makes `https` find hosts of the small cloud, over http: the local API, whose response addresses CloudFormation's handlers
 * expect on port 443, and the public names, such as a distribution's or that of the keys of a user pool.
 *
 * @param known - base URLs by host name.
 */
function takeRequestsHome(known) {
  const request = https.request;
  https.request = (first, second, third) => {
    const address = typeof first === 'string' || first instanceof URL ? new URL(first) : undefined;
    const options = address ? (typeof second === 'object' ? second : {}) : first;
    const name = address?.hostname ?? options.hostname ?? options.host;
    const base = Object.hasOwn(known, name) ? new URL(known[name]) : undefined;
    if (base === undefined) return request(first, second, third);
    const path = options.path ?? (address ? address.pathname + address.search : '/');
    const callback = typeof second === 'function' ? second : third;
    const { agent: _, ...rest } = options;
    const { hostname: host, port, pathname } = base;
    return http.request(
      { ...rest, path: pathname.replace(/\/$/, '') + path, protocol: 'http:', host, hostname: host, port },
      callback,
    );
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
 * Makes names below `localhost` lead to loopback, as RFC 6761 section 6.3 asks of resolvers. Not all of them do. The SDK
 * asks for `<account>.localhost` to reach key value stores.
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

function contextOf(deadline) {
  return {
    ...facts,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - performance.now()),
    done: (error, result) => (error ? fail(error) : succeed(result)),
    succeed,
    fail,
  };
}

async function invoke() {
  if (clock) hurry(clock);
  resolveNames(names ?? {});
  resolveLocalhost();
  takeRequestsHome({ ...names, ...apiName(process.env.AWS_ENDPOINT_URL) });
  const handler = await loadHandler();
  if (handler.length >= 3 && process.env.AWS_EXECUTION_ENV === 'AWS_Lambda_nodejs24.x') {
    throw Object.assign(
      new Error('AWS Lambda has removed support for callback-based function handlers starting with Node.js 24.'),
      { name: 'Runtime.CallbackHandlerDeprecated' },
    );
  }
  say({ ready: true });
  const context = contextOf(performance.now() + timeoutSeconds * 1000);
  // A callback's result waits for the event loop to run empty, unless the handler says otherwise.
  let settle = () => succeed(null);
  process.once('beforeExit', () => settle());
  const result = handler(event, context, (error, value) => {
    settle = () => (error ? fail(error) : succeed(value));
    if (!context.callbackWaitsForEmptyEventLoop) settle();
  });
  if (typeof result?.then === 'function') succeed(await result);
}

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
invoke().catch(fail);
