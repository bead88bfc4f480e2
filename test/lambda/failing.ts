const broken = (name: string, httpStatusCode: number) =>
  Object.assign(new Error(`${name} was thrown`), { name, $metadata: { httpStatusCode } });

/** A refusal by a service, as the SDK throws it. */
export const refused = (name: string, httpStatusCode: number) =>
  Object.assign(broken(name, httpStatusCode), { $fault: httpStatusCode < 500 ? 'client' : 'server' });

/** Errors that pass: a service that is down, a page of HTML, throttling, a permission that has not arrived. */
export const UNWELL = [
  refused('ServiceUnavailable', 503),
  broken('SyntaxError', 200),
  refused('ThrottlingException', 400),
  refused('AccessDenied', 403),
];

/** Lets every call of a service fail as often as it has errors; each call of the service has its own errors. */
export function failing<T extends object>(service: T, errors: readonly Error[]): T {
  const left = new Map<PropertyKey, Error[]>();
  return new Proxy(service, {
    get(target, member) {
      const call = Reflect.get(target, member) as unknown;
      if (typeof call !== 'function') return call;
      return async (...given: unknown[]) => {
        const rest = left.get(member) ?? [...errors];
        left.set(member, rest);
        const error = rest.shift();
        if (error !== undefined) throw error;
        return Reflect.apply(call, target, given);
      };
    },
  });
}
