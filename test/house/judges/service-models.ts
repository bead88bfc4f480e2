import type { Request } from '../../../bin/requests/requests';
import { pythonLines, tellAbsent } from './python';

/** A request, and the name that complaints about it begin with. */
export type NamedRequest = readonly [
  name: string,
  request: Omit<Request, 'service'> & {
    readonly service: string;
    /** True when required members may be missing, because CloudFormation adds them. */
    readonly relaxed?: boolean;
  },
];

/** The requests of several templates, each named for its template. */
export function named(of: string, found: Readonly<Record<string, Request>>): readonly NamedRequest[] {
  return Object.entries(found).map(([id, request]) => [`${of}: ${id}`, request]);
}

/**
 * Judges requests by the service models that botocore carries: unknown members, missing ones, types, ranges, lengths,
 * formats, and values that no list has.
 *
 * @returns the complaints; none where botocore is not installed, which a printed line reports.
 * @see https://github.com/boto/botocore/tree/develop/botocore/data
 */
export function modelComplaints(requests: readonly NamedRequest[], what: string): readonly string[] {
  const lines = requests.map(([, request]) => `${JSON.stringify(request)}\n`);
  const answer = pythonLines('service_models.py', lines.join(''));
  if (answer === undefined) {
    tellAbsent('botocore', what);
    return [];
  }
  const found = answer.slice(1).map((line) => JSON.parse(line) as readonly string[]);
  if (found.length !== requests.length) throw new Error(`${found.length} of ${requests.length} requests were judged`);
  return found.flatMap((complaints, index) => complaints.map((complaint) => `${requests[index]?.[0]}: ${complaint}`));
}
