import type { KeyValueStore } from '../key-values/key-value-store';

/**
 * Code of the module `cloudfront`, as a function of the host's side. It runs in the context of the function, so that its
 * promises belong to it: a call ends before the time limit, or is stopped by it.
 */
const MODULE = `(function (host) {
  'use strict';
  const only = (name, members) => new Proxy(Object.freeze(members), {
    get(target, member) {
      if (typeof member === 'symbol' || member === 'then' || member in target) return target[member];
      throw new Error(name + '.' + member + ' is not modelled by the local run; it knows ' + Object.keys(target).join(', '));
    },
  });
  const found = (key) => {
    const value = host.get(String(key));
    if (value === undefined) throw new Error('KeyNotFound: ' + key);
    return value;
  };
  const forms = { string: (text) => text, json: (text) => JSON.parse(text), bytes: (text) => Buffer.from(text) };
  const handle = only('kvs', {
    async get(key, options) {
      const format = (options && options.format) || 'string';
      if (!Object.hasOwn(forms, format)) throw new Error('format: ' + format + ' was given; it is string, json or bytes');
      return forms[format](found(key));
    },
    async exists(key) { return host.get(String(key)) !== undefined; },
    async meta() { return JSON.parse(host.meta()); },
  });
  return only('cf', {
    kvs(id) {
      const problem = host.problem(id);
      if (problem !== undefined) throw new Error(problem);
      return handle;
    },
  });
})`;

/**
 * Makes the module `cloudfront` for a function: its key value store. Members that the local run does not model throw an
 * error that names them.
 *
 * @param store - the store that the function is associated with; undefined without one.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-custom-methods.html
 */
export function cloudfrontModule(run: (code: string) => unknown, store: KeyValueStore | undefined): unknown {
  const make = run(MODULE);
  if (typeof make !== 'function') throw new Error('The module cloudfront is not a function.');
  return make({
    get: (key: string) => store?.get(key),
    meta: () => JSON.stringify(store === undefined ? {} : described(store)),
    problem: (id: unknown) => associationProblem(store, id),
  });
}

function described({ description, changed, count }: KeyValueStore): object {
  return {
    creationDateTime: new Date(description.created).toISOString(),
    lastUpdatedDateTime: new Date(changed).toISOString(),
    keyCount: count,
  };
}

function associationProblem(store: KeyValueStore | undefined, id: unknown): string | undefined {
  if (store === undefined) return 'The function is not associated with a key value store.';
  if (id === undefined || id === store.description.id) return undefined;
  return `The function is not associated with the key value store ${id}.`;
}
