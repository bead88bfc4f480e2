import { type Access, type ObjectStore, UnsupportedError } from '../../contract';
import { QueryError, type QueryParameters } from '../../wire/query-protocol';
import { mayDo } from './authorization';
import type { ParameterValues } from './parameter-values';
import type { AskedStack, KnownStack } from './stack-engine';
import { givenTemplate } from './template-source';

/** What the reading of a call needs. */
export interface RequestReading {
  readonly objects: ObjectStore;
  readonly access: Access;
  readonly values: ParameterValues;
}

const STACK_NAME = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;

/**
 * What CreateStack, UpdateStack and CreateChangeSet have in common. It leaves nothing of the call unread but what only
 * one of them knows.
 *
 * @param stackName - which stack it is about; `stack` is that stack when it is there already.
 * @throws QueryError in CloudFormation's words.
 */
export function stackRequest(
  parameters: QueryParameters,
  stackName: string,
  stack: KnownStack | undefined,
  reading: RequestReading,
  roleArn: string | undefined,
): AskedStack {
  if (!STACK_NAME.test(stackName)) {
    throw new QueryError(
      'ValidationError',
      `1 validation error detected: Value '${stackName}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
    );
  }
  checkExecutionRole(parameters.maybeText('RoleARN'), reading.access, roleArn);
  checkDeploymentMode(parameters);
  const token = parameters.maybeText('ClientRequestToken');
  const tags = parameters.structures('Tags').map((tag) => [tag.text('Key'), tag.rawText('Value') ?? ''] as const);
  return {
    stackName,
    ...givenTemplate(parameters, stack, reading, roleArn),
    parameters: reading.values.read(parameters, stack),
    tags: tags.length === 0 && stack !== undefined ? stack.tags : Object.fromEntries(tags),
    capabilities: parameters.texts('Capabilities'),
    disableRollback: parameters.flag('DisableRollback'),
    ...(token === undefined ? {} : { clientRequestToken: token }),
  };
}

/** EXPRESS does not wait for resources to become stable; here everything is waited for. */
export function checkDeploymentMode(parameters: QueryParameters): void {
  const mode = parameters.maybeText('DeploymentConfig.Mode') ?? 'STANDARD';
  if (mode !== 'STANDARD') {
    throw new UnsupportedError(`DeploymentConfig.Mode ${mode} is not modelled by the local run; STANDARD is.`);
  }
}

/**
 * The role that CloudFormation is to work as: the caller must be allowed to pass it on, and it must trust
 * CloudFormation. What it may do to resources is not judged here: the engine works with the operator's own rights.
 */
export function checkExecutionRole(role: string | undefined, access: Access, caller: string | undefined): void {
  if (role === undefined) return;
  mayDo(access, caller, 'iam:PassRole', role);
  if (!access.roleTrusts(role, 'cloudformation.amazonaws.com')) {
    throw new QueryError('ValidationError', `Role ${role} is invalid or cannot be assumed`);
  }
}
