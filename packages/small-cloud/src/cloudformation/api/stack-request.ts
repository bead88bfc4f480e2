import { type Access, type ObjectStore, UnsupportedError } from '../../contract';
import { QueryError, type QueryParameters } from '../../services/kit/query-protocol';
import { mayDo } from './authorization';
import type { ParameterValues } from './parameter-values';
import type { AskedStack, KnownStack } from './stack-engine';
import { givenTemplate } from './template-source';

/** The parts of the API that the reading of a call needs. */
export interface RequestReading {
  readonly objects: ObjectStore;
  readonly access: Access;
  readonly values: ParameterValues;
}

const STACK_NAME = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;

/** The stack that a call is about, and the caller. */
export interface CallSubject {
  readonly stackName: string;
  /** Undefined when it does not exist yet. */
  readonly stack: KnownStack | undefined;
  /** The caller's role; undefined for the operator. */
  readonly roleArn: string | undefined;
}

/**
 * Reads the parameters that CreateStack, UpdateStack and CreateChangeSet share.
 *
 * @throws QueryError in CloudFormation's words.
 */
export function stackRequest(
  parameters: QueryParameters,
  { stackName, stack, roleArn }: CallSubject,
  reading: RequestReading,
): AskedStack {
  if (!STACK_NAME.test(stackName)) {
    throw new QueryError(
      'ValidationError',
      `1 validation error detected: Value '${stackName}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
    );
  }
  checkExecutionRole(parameters.maybeText('RoleARN'), reading.access, roleArn);
  checkDeploymentMode(parameters);
  const tags = parameters.structures('Tags').map((tag) => [tag.text('Key'), tag.rawText('Value') ?? ''] as const);
  return {
    stackName,
    ...givenTemplate(parameters, stack, reading, roleArn),
    parameters: reading.values.read(parameters, stack),
    tags: tags.length === 0 && stack !== undefined ? stack.tags : Object.fromEntries(tags),
    capabilities: parameters.texts('Capabilities'),
    disableRollback: parameters.flag('DisableRollback'),
    clientRequestToken: parameters.maybeText('ClientRequestToken'),
  };
}

/** Refuses EXPRESS, which does not wait for resources to stabilise: the local run always waits. */
export function checkDeploymentMode(parameters: QueryParameters): void {
  const mode = parameters.maybeText('DeploymentConfig.Mode') ?? 'STANDARD';
  if (mode !== 'STANDARD') {
    throw new UnsupportedError(`DeploymentConfig.Mode ${mode} is not modelled by the local run; STANDARD is.`);
  }
}

/**
 * Checks the role that CloudFormation is to assume: the caller must be allowed to pass it, and it must trust
 * CloudFormation. Its policies are not checked, because the local engine works with the operator's own rights.
 */
export function checkExecutionRole(role: string | undefined, access: Access, caller: string | undefined): void {
  if (role === undefined) return;
  mayDo(access, caller, 'iam:PassRole', role);
  if (!access.roleTrusts(role, 'cloudformation.amazonaws.com')) {
    throw new QueryError('ValidationError', `Role ${role} is invalid or cannot be assumed`);
  }
}
