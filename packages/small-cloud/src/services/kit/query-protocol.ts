import { randomUUID } from 'node:crypto';
import type { ApiRequest, ApiResponse } from '../../contract';
import { apiError } from '../../wire/api-error';
import { type Xml, xmlDocument } from '../../wire/xml';
import { AwsError } from './aws-error';
import { notModelled } from './not-modelled';

/** The name of the error that CloudFormation's API still uses. */
export { AwsError as QueryError } from './aws-error';

/**
 * Reads the parameters of one call, or of one structure inside them, by name. It remembers what was read, and
 * {@link QueryParameters.end} refuses the rest: no parameter is ignored silently.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export class QueryParameters {
  private constructor(
    private readonly values: ReadonlyMap<string, string>,
    private readonly prefix: string,
    private readonly seen: Set<string>,
  ) {}

  static of(body: string): QueryParameters {
    return new QueryParameters(new Map(new URLSearchParams(body)), '', new Set(['Version']));
  }

  /** A string; an empty one counts as absent. */
  maybeText(name: string): string | undefined {
    const key = this.prefix + name;
    this.seen.add(key);
    const value = this.values.get(key);
    return value === '' ? undefined : value;
  }

  /** @throws AwsError ValidationError when it is missing. */
  text(name: string): string {
    const value = this.maybeText(name);
    if (value !== undefined) return value;
    const member = name.charAt(0).toLowerCase() + name.slice(1);
    const problem = `Value null at '${member}' failed to satisfy constraint: Member must not be null`;
    throw new AwsError('ValidationError', `1 validation error detected: ${problem}`);
  }

  /** A string that may be empty; undefined when absent. */
  rawText(name: string): string | undefined {
    this.maybeText(name);
    return this.values.get(this.prefix + name);
  }

  /** False when absent. */
  flag(name: string): boolean {
    const value = this.maybeText(name) ?? 'false';
    if (value === 'true' || value === 'false') return value === 'true';
    throw new AwsError('ValidationError', `${this.prefix}${name}: ${value} was given; true or false is needed`);
  }

  texts(name: string): readonly string[] {
    return this.members(name).map((at) => this.maybeText(at) ?? '');
  }

  /** The structures of a list. */
  structures(name: string): readonly QueryParameters[] {
    return this.members(name).map((at) => new QueryParameters(this.values, `${this.prefix}${at}.`, this.seen));
  }

  /** Accepts parameters that change nothing in the local run. */
  withoutEffect(...names: readonly string[]): this {
    for (const key of this.values.keys()) {
      if (names.some((name) => key === this.prefix + name || key.startsWith(`${this.prefix}${name}.`))) {
        this.seen.add(key);
      }
    }
    return this;
  }

  /** @throws UnsupportedError that names the first parameter that was not read. */
  end(): void {
    for (const [key, value] of this.values) {
      if (!this.seen.has(key) && value !== '') {
        throw notModelled(`The parameter ${key}`, { advice: 'Leave it out' });
      }
    }
  }

  private members(name: string): readonly string[] {
    // An empty list is sent as an empty string.
    this.maybeText(name);
    const start = `${this.prefix}${name}.member.`;
    const numbers = [...this.values.keys()]
      .filter((key) => key.startsWith(start))
      .map((key) => Number(key.slice(start.length).split('.')[0]));
    return [...new Set(numbers)].sort((a, b) => a - b).map((number) => `${name}.member.${number}`);
  }
}

/** Performs one action. The result is undefined for an answer without one. */
export type QueryAction = (
  parameters: QueryParameters,
  request: ApiRequest,
) => Promise<Readonly<Record<string, Xml | readonly Xml[] | undefined>> | undefined>;

/**
 * Makes a handler of the query protocol: finds the action, refuses parameters that it did not read, and answers in XML.
 *
 * @param service - for messages: `CloudFormation`.
 * @param namespace - of the answers.
 */
export function queryHandler(
  service: string,
  namespace: string,
  actions: Readonly<Record<string, QueryAction>>,
): (request: ApiRequest) => Promise<ApiResponse> {
  return async (request) => {
    const parameters = QueryParameters.of(request.body.toString('utf8'));
    const action = parameters.maybeText('Action') ?? '';
    const perform = Object.hasOwn(actions, action) ? actions[action] : undefined;
    try {
      if (perform === undefined) {
        throw notModelled(`${service} ${action || '(no Action)'}`, { known: Object.keys(actions) });
      }
      const result = await perform(parameters, request);
      const body = xmlDocument(`${action}Response`, namespace, {
        [`${action}Result`]: result,
        ResponseMetadata: { RequestId: randomUUID() },
      });
      return { status: 200, headers: { 'content-type': 'text/xml' }, body };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return apiError(
        { service: undefined, contentType: 'application/x-www-form-urlencoded' },
        error.status,
        error.code,
        error.message,
      );
    }
  };
}
