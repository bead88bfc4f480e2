import type { Cloud, ResourceRequest } from '../../contract';
import { AwsError } from '../kit/aws-error';
import { notModelled } from '../kit/not-modelled';
import { physicalName } from '../kit/physical-name';
import { PropertyReader } from '../kit/property-reader';

/** @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-common.html */
const LONGEST_NAME = 255;

/**
 * Reads the properties of an AWS::Glue::Database.
 *
 * @param generated - the name of one that was made without a name.
 * @returns its name.
 * @throws AwsError InvalidInputException for a name that Glue refuses; UnsupportedError for links and federation.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-glue-database.html
 */
export function declaredDatabase(
  request: ResourceRequest,
  { accountId }: Pick<Cloud, 'accountId'>,
  generated?: string,
): string {
  const declared = PropertyReader.of(request);
  ownCatalog(declared, accountId);
  const outer = declared.maybeText('DatabaseName');
  const input = declared.part('DatabaseInput').withoutEffect('Description', 'Parameters', 'LocationUri');
  input.onlyEmpty('TargetDatabase', 'FederatedDatabase');
  // IAM alone decides on tables, as in an account without settings of Lake Formation.
  for (const rule of input.list('CreateTableDefaultPermissions')) {
    rule.part('Principal').oneOf('DataLakePrincipalIdentifier', ['IAM_ALLOWED_PRINCIPALS']);
    const other = rule.texts('Permissions').find((permission) => permission !== 'ALL');
    if (other !== undefined) throw notModelled(rule.at('Permissions'), { given: other, known: ['ALL'] });
  }
  const given = outer ?? input.maybeText('Name');
  const name = given ?? generated ?? physicalName(request, LONGEST_NAME).toLowerCase().replaceAll('-', '_');
  declared.end();
  return catalogName(name, input.at('Name'));
}

/** Refuses the catalog of another account. */
export function ownCatalog(declared: PropertyReader, accountId: string): void {
  const catalog = declared.text('CatalogId');
  if (catalog !== accountId) throw notModelled(declared.at('CatalogId'), { given: catalog, known: [accountId] });
}

/**
 * Checks the name of a database, a table or a column. Glue folds names to lower case, so that another one would not be found
 * by the name that the template says; Athena knows letters, digits and underscores only.
 *
 * @throws AwsError InvalidInputException.
 * @see https://docs.aws.amazon.com/athena/latest/ug/tables-databases-columns-names.html
 */
export function catalogName(name: string, path: string): string {
  if (/^[a-z0-9_]+$/.test(name) && name.length <= LONGEST_NAME) return name;
  const rule = `1 to ${LONGEST_NAME} of a-z, 0-9 and _ are needed, because Glue stores names in lower case`;
  throw new AwsError('InvalidInputException', `${path}: ${name} was given; ${rule}`);
}
