import type { ResourceRequest } from '../../contract';
import { AwsError } from '../kit/aws-error';
import { PropertyReader } from '../kit/property-reader';

/** An AWS::Athena::WorkGroup as its template declares it. */
export interface WorkGroupSettings {
  readonly name: string;
  readonly isEnabled: boolean;
  /** True when the settings of the group replace those of a call. @default true */
  readonly isEnforced: boolean;
  /** 10,000,000 at least; undefined for no limit. */
  readonly cutoffBytes: number | undefined;
  /** Where results go: `s3://…`, or Athena's own storage; undefined when each call must say it. */
  readonly output: string | 'managed' | undefined;
  /** True when the group may be deleted with its saved queries and executions. @default false */
  readonly deletesContents: boolean;
}

/** The group that every account has. */
export const PRIMARY: WorkGroupSettings = {
  name: 'primary',
  isEnabled: true,
  isEnforced: false,
  cutoffBytes: undefined,
  output: undefined,
  deletesContents: false,
};

const NAME = /^[a-zA-Z0-9._-]{1,128}$/;
const LEAST_CUTOFF_BYTES = 10_000_000;

/**
 * Reads the properties of an AWS::Athena::WorkGroup. Spark and requester-pays buckets are refused. Encryption and metrics
 * change nothing in the local run.
 *
 * @throws AwsError InvalidRequestException for what Athena refuses.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-athena-workgroup.html
 */
export function workGroupSettings(request: ResourceRequest): WorkGroupSettings {
  const declared = PropertyReader.of(request).withoutEffect('Description', 'Tags');
  const name = declared.text('Name');
  if (!NAME.test(name)) {
    throw invalid(`${declared.at('Name')}: ${name} was given; 1 to 128 of a-z A-Z 0-9 . _ - are needed`);
  }
  const configuration = declared.section('WorkGroupConfiguration').withoutEffect('PublishCloudWatchMetricsEnabled');
  configuration.onlyEmpty('RequesterPaysEnabled', 'AdditionalConfiguration', 'ExecutionRole');
  configuration.section('EngineVersion').withoutEffect('EffectiveEngineVersion');
  configuration.section('EngineVersion').oneOf('SelectedEngineVersion', ['AUTO', 'Athena engine version 3'], 'AUTO');
  const settings = {
    name,
    isEnabled: declared.oneOf('State', ['ENABLED', 'DISABLED'], 'ENABLED') === 'ENABLED',
    isEnforced: configuration.holds('EnforceWorkGroupConfiguration')
      ? configuration.flag('EnforceWorkGroupConfiguration')
      : true,
    cutoffBytes: cutoffBytes(configuration),
    output: output(configuration),
    deletesContents: declared.flag('RecursiveDeleteOption'),
  };
  declared.end();
  return settings;
}

function cutoffBytes(configuration: PropertyReader): number | undefined {
  const given = configuration.maybeNumber('BytesScannedCutoffPerQuery');
  if (given === undefined || (Number.isInteger(given) && given >= LEAST_CUTOFF_BYTES)) return given;
  const path = configuration.at('BytesScannedCutoffPerQuery');
  throw invalid(`${path}: ${given} was given; a whole number of ${LEAST_CUTOFF_BYTES} or more is needed`);
}

/** @see https://docs.aws.amazon.com/athena/latest/ug/managed-results.html */
function output(configuration: PropertyReader): WorkGroupSettings['output'] {
  const managed = configuration.section('ManagedQueryResultsConfiguration').withoutEffect('EncryptionConfiguration');
  const results = configuration.section('ResultConfiguration');
  results.withoutEffect('EncryptionConfiguration', 'ExpectedBucketOwner', 'AclConfiguration');
  const location = outputLocation(results);
  if (!managed.flag('Enabled')) return location;
  if (location === undefined) return 'managed';
  throw invalid(`${results.path}: OutputLocation cannot be set when managed query results are enabled`);
}

/** Reads the OutputLocation of a ResultConfiguration, with a slash at its end; undefined when there is none. */
export function outputLocation(results: PropertyReader): string | undefined {
  const location = results.maybeText('OutputLocation');
  if (location === undefined) return undefined;
  if (/^s3:\/\/[a-z0-9][a-z0-9.-]+(\/.*)?$/.test(location)) return location.endsWith('/') ? location : `${location}/`;
  throw invalid(`outputLocation is not a valid S3 path: ${location}; s3://BUCKET/FOLDER/ is needed`);
}

/** Makes Athena's error for a call or a property that it refuses. */
export function invalid(sentence: string, code = 'INVALID_INPUT'): AwsError {
  return new AwsError('InvalidRequestException', sentence, 400, { AthenaErrorCode: code });
}
