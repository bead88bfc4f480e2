import type { ResourceRequest } from '../../../contract';
import { AwsError } from '../../kit/aws-error';
import { notModelled } from '../../kit/not-modelled';
import { physicalName } from '../../kit/physical-name';
import { PropertyReader } from '../../kit/property-reader';

/** An attribute of the primary key. */
export interface KeyAttribute {
  readonly name: string;
  readonly type: 'S' | 'N' | 'B';
}

/** An AWS::DynamoDB::Table as its template declares it. */
export interface TableSettings {
  readonly name: string;
  readonly hash: KeyAttribute;
  readonly range: KeyAttribute | undefined;
  /** The attribute with the time, in seconds since 1970, after which an item expires; undefined while it is off. */
  readonly expiry: string | undefined;
  /** True for a table that cannot be deleted. @default false */
  readonly protected: boolean;
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
const NAME = /^[a-zA-Z0-9_.-]{3,255}$/;

/**
 * Reads the properties of an AWS::DynamoDB::Table. Indexes, streams, replicas and provisioned throughput are refused.
 * Encryption and point-in-time recovery change nothing in the local run.
 *
 * @throws AwsError ValidationException for keys that DynamoDB refuses.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
 */
export function tableSettings(request: ResourceRequest): TableSettings {
  const declared = PropertyReader.of(request).withoutEffect('Tags', 'TableClass');
  const name = declared.maybeText('TableName') ?? physicalName(request);
  if (!NAME.test(name)) {
    throw refused(`${declared.at('TableName')}: ${name} was given; 3 to 255 of a-z, A-Z, 0-9, _ - . are needed`);
  }
  const settings = {
    name,
    ...keys(declared),
    expiry: expiry(declared.section('TimeToLiveSpecification')),
    protected: declared.flag('DeletionProtectionEnabled'),
  };
  const billing = declared.maybeText('BillingMode') ?? 'PROVISIONED';
  if (billing !== 'PAY_PER_REQUEST') {
    throw notModelled(declared.at('BillingMode'), { given: billing, known: ['PAY_PER_REQUEST'] });
  }
  checkSafety(declared);
  declared.end();
  return settings;
}

/** Reads the key and the types of its attributes. */
function keys(declared: PropertyReader): Pick<TableSettings, 'hash' | 'range'> {
  const [first, second, ...more] = declared
    .list('KeySchema')
    .map((part) => ({ name: part.text('AttributeName'), role: part.oneOf('KeyType', ['HASH', 'RANGE']) }));
  const types = declared
    .list('AttributeDefinitions')
    .map((part) => ({ name: part.text('AttributeName'), type: part.oneOf('AttributeType', ['S', 'N', 'B']) }));
  if (first === undefined || more.length > 0) {
    throw refused(`${declared.at('KeySchema')}: one or two attributes are needed`);
  }
  if (first.role !== 'HASH') throw refused('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  if (second !== undefined && second.role !== 'RANGE') {
    throw refused('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  }
  if (first.name === second?.name) {
    throw refused('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  }
  const named = [first, second].flatMap((part) => (part === undefined ? [] : [part.name]));
  const typed = (name: string) => {
    const found = types.find((type) => type.name === name);
    if (found !== undefined) return found;
    const lists = `Keys: [${named.join(', ')}], AttributeDefinitions: [${types.map((type) => type.name).join(', ')}]`;
    throw invalid(`Some index key attributes are not defined in AttributeDefinitions. ${lists}`);
  };
  const [hash, range] = [typed(first.name), second === undefined ? undefined : typed(second.name)];
  if (types.length !== named.length) {
    throw invalid(
      'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    );
  }
  return { hash, range };
}

function expiry(declared: PropertyReader): string | undefined {
  if (declared.keys().length === 0) return undefined;
  const enabled = declared.flag('Enabled');
  const name = declared.maybeText('AttributeName');
  if (enabled && name === undefined) throw refused(`${declared.at('AttributeName')} is missing`);
  return enabled ? name : undefined;
}

/** Accepts settings that keep data safe on AWS and change nothing in the local run. */
function checkSafety(declared: PropertyReader): void {
  const recovery = declared.section('PointInTimeRecoverySpecification');
  const recovers = recovery.flag('PointInTimeRecoveryEnabled');
  const days = recovery.holds('RecoveryPeriodInDays') ? recovery.whole('RecoveryPeriodInDays', 1, 35, 35) : undefined;
  if (days !== undefined && !recovers) {
    throw refused('RecoveryPeriodInDays can only be specified when PointInTimeRecoveryEnabled is true');
  }
  const encryption = declared.section('SSESpecification');
  const encrypted = encryption.flag('SSEEnabled');
  const type = encryption.oneOf('SSEType', ['KMS'], 'KMS');
  if (encryption.has('SSEType') && !encrypted) {
    throw invalid(`SSEType ${type} can only be specified when SSEEnabled is true`);
  }
}

function invalid(sentence: string): AwsError {
  return refused(`One or more parameter values were invalid: ${sentence}`);
}

function refused(sentence: string): AwsError {
  return new AwsError('ValidationException', sentence);
}
