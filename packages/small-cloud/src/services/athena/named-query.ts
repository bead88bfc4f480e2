import { randomUUID } from 'node:crypto';
import type { ResourceRequest } from '../../contract';
import { PropertyReader } from '../kit/property-reader';
import { invalid, PRIMARY } from './work-group';

/** An AWS::Athena::NamedQuery. */
export interface NamedQuery {
  readonly id: string;
  /** Undefined when the template gives none. */
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly database: string;
  readonly statement: string;
  readonly workGroup: string;
}

const LIMITS = { Name: 128, Description: 1024, Database: 255, QueryString: 262_144 } as const;

/**
 * Reads the properties of an AWS::Athena::NamedQuery. Athena does not check the statement until somebody runs it.
 *
 * @throws AwsError InvalidRequestException for a member that is too long.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-athena-namedquery.html
 */
export function namedQuery(request: ResourceRequest): NamedQuery {
  const declared = PropertyReader.of(request);
  const query = {
    id: randomUUID(),
    name: declared.maybeText('Name'),
    description: declared.maybeText('Description'),
    database: declared.text('Database'),
    statement: declared.text('QueryString'),
    workGroup: declared.maybeText('WorkGroup') ?? PRIMARY.name,
  };
  for (const [key, longest] of Object.entries(LIMITS)) {
    const length = declared.maybeText(key)?.length ?? 0;
    if (length > longest) {
      throw invalid(`${declared.at(key)}: ${length} characters were given; ${longest} at most are allowed`);
    }
  }
  declared.end();
  return query;
}
