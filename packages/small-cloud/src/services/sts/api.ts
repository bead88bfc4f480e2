import type { ApiHandler, ApiRequest, Cloud } from '../../contract';
import type { Credentials } from '../../wire/credentials';
import { signerOf } from '../../wire/signer';
import { notAuthorized } from '../kit/authorized';
import { AwsError } from '../kit/aws-error';
import { type QueryParameters, queryHandler } from '../kit/query-protocol';

/** Parts of the run that STS uses. */
export interface StsOptions {
  readonly credentials: Credentials;
  /** Tells whether a role lets a caller of this account perform `action` (`sts:AssumeRole`) on it. */
  readonly roleTrusts: (
    roleArn: string,
    callerArn: string,
    action: string,
    context: Readonly<Record<string, string>>,
  ) => boolean;
}

interface Caller {
  readonly arn: string;
  readonly id: string;
}

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/**
 * Makes the handler of the part of STS's API that the CDK CLI uses: GetCallerIdentity and AssumeRole.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html
 */
export function stsApi(cloud: Cloud, options: StsOptions): ApiHandler {
  const calls = new StsCalls(cloud, options);
  return queryHandler('STS', NAMESPACE, {
    GetCallerIdentity: async (parameters, request) => calls.identity(parameters, request),
    AssumeRole: async (parameters, request) => calls.assumeRole(parameters, request),
  });
}

class StsCalls {
  constructor(
    private readonly cloud: Cloud,
    private readonly options: StsOptions,
  ) {}

  identity(parameters: QueryParameters, request: ApiRequest) {
    parameters.end();
    const { arn, id } = this.caller(request);
    return { Arn: arn, UserId: id, Account: this.cloud.accountId };
  }

  assumeRole(parameters: QueryParameters, request: ApiRequest) {
    const roleArn = parameters.text('RoleArn');
    const sessionName = parameters.text('RoleSessionName');
    const externalId = parameters.maybeText('ExternalId');
    const seconds = Number(parameters.maybeText('DurationSeconds') ?? 3600);
    const tags = parameters.structures('Tags').map((tag) => tag.text('Key') + (tag.rawText('Value') ?? ''));
    // Session policies and transitive tags would narrow what the session may do. They are not read, so they are refused.
    parameters.end();
    const context: Record<string, string> = {};
    if (externalId !== undefined) context['sts:ExternalId'] = externalId;
    this.authorize(request, 'sts:AssumeRole', roleArn, context);
    if (tags.length > 0) this.authorize(request, 'sts:TagSession', roleArn, context);
    const { accessKeyId, secretAccessKey, sessionToken } = this.options.credentials.assume(roleArn, sessionName);
    return {
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        SessionToken: sessionToken,
        Expiration: new Date(Date.now() + seconds * 1000).toISOString(),
      },
      AssumedRoleUser: { Arn: this.sessionArn(roleArn, sessionName), AssumedRoleId: `${idOf(roleArn)}:${sessionName}` },
    };
  }

  /**
   * Refuses a caller unless the role trusts it and, for a caller that is a role itself, its own policies allow the action.
   * The operator needs the role's trust only.
   */
  private authorize(
    request: ApiRequest,
    action: string,
    resource: string,
    context: Readonly<Record<string, string>>,
  ): void {
    const { roleArn: own } = request;
    const caller = this.caller(request);
    const isTrusted = this.options.roleTrusts(resource, own ?? caller.arn, action, context);
    if (isTrusted && (own === undefined || this.cloud.access.roleAllows(own, { action, resource, context }))) return;
    throw new AwsError('AccessDenied', notAuthorized(caller.arn, { action, resource }, ''), 403);
  }

  private caller(request: ApiRequest): Caller {
    const signer = signerOf(request);
    const session = this.options.credentials.sessionOf(signer?.accessKeyId ?? '');
    const { partition, accountId } = this.cloud;
    // The operator's credentials are those of the account.
    if (session === undefined) return { arn: `arn:${partition}:iam::${accountId}:root`, id: accountId };
    const { roleArn, sessionName } = session;
    return { arn: this.sessionArn(roleArn, sessionName), id: `${idOf(roleArn)}:${sessionName}` };
  }

  private sessionArn(roleArn: string, sessionName: string): string {
    const { partition, accountId } = this.cloud;
    return `arn:${partition}:sts::${accountId}:assumed-role/${roleArn.split('/').at(-1)}/${sessionName}`;
  }
}

/** Makes the unique id of a role from its name. */
function idOf(roleArn: string): string {
  const letters = Buffer.from(roleArn.split('/').at(-1) ?? '').toString('hex');
  return `AROA${letters.toUpperCase().padEnd(17, '0').slice(-17)}`;
}
