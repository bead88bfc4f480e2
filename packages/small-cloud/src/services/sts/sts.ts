import type { ApiHandler, ApiRequest, Cloud, Service } from '../../contract';
import type { Credentials } from '../../wire/credentials';
import { signerOf } from '../../wire/signer';
import { type QueryAction, QueryError, type QueryParameters, queryHandler } from '../kit/query-protocol';

/** What STS needs of the rest of the run. */
export interface StsOptions {
  readonly credentials: Credentials;
  /** Whether a role lets somebody of this account do `action` (`sts:AssumeRole`) to it. */
  readonly roleTrusts: (
    roleArn: string,
    callerArn: string,
    action: string,
    context: Readonly<Record<string, string>>,
  ) => boolean;
}

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/**
 * STS: who somebody is, and keys of a role for who may assume it. Keys that it gives are judged by the policies of
 * their role wherever they are used, the CDK's bootstrap roles among them; only the operator's own keys may do all.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html
 */
export class Sts implements Service {
  readonly resources = {};
  readonly api: Readonly<Record<string, ApiHandler>>;

  constructor(
    private readonly cloud: Cloud,
    private readonly options: StsOptions,
  ) {
    const actions: Readonly<Record<string, QueryAction>> = {
      GetCallerIdentity: async (parameters, request) => this.identity(parameters, request),
      AssumeRole: async (parameters, request) => this.assumeRole(parameters, request),
    };
    this.api = { sts: queryHandler('STS', NAMESPACE, actions) };
  }

  private identity(parameters: QueryParameters, request: ApiRequest) {
    parameters.end();
    const { accountId } = this.cloud;
    const { arn, id } = this.caller(request);
    return { Arn: arn, UserId: id, Account: accountId };
  }

  private assumeRole(parameters: QueryParameters, request: ApiRequest) {
    const roleArn = parameters.text('RoleArn');
    const sessionName = parameters.text('RoleSessionName');
    const externalId = parameters.maybeText('ExternalId');
    const seconds = Number(parameters.maybeText('DurationSeconds') ?? 3600);
    const tags = parameters.structures('Tags').map((tag) => tag.text('Key') + (tag.rawText('Value') ?? ''));
    // A session policy, and tags that go on to further sessions, would narrow what is judged: not read, so refused.
    parameters.end();
    const caller = this.caller(request);
    const context: Readonly<Record<string, string>> = externalId === undefined ? {} : { 'sts:ExternalId': externalId };
    for (const action of ['sts:AssumeRole', ...(tags.length === 0 ? [] : ['sts:TagSession'])]) {
      if (!this.mayDo(request, caller.arn, action, roleArn, context)) {
        throw new QueryError(
          'AccessDenied',
          `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${roleArn}`,
          403,
        );
      }
    }
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

  /** Within one account it is enough that the role's own policy names the caller, or the account and the caller's does. */
  private mayDo(
    { roleArn: own }: ApiRequest,
    callerArn: string,
    action: string,
    resource: string,
    context: Readonly<Record<string, string>>,
  ): boolean {
    if (!this.options.roleTrusts(resource, own ?? callerArn, action, context)) return false;
    return own === undefined || this.cloud.access.roleAllows(own, { action, resource, context });
  }

  private caller(request: ApiRequest): { readonly arn: string; readonly id: string } {
    const signer = signerOf(request);
    const session = this.options.credentials.sessionOf(signer?.accessKeyId ?? '');
    const { partition, accountId } = this.cloud;
    // The operator's own keys are the account's.
    if (session === undefined) return { arn: `arn:${partition}:iam::${accountId}:root`, id: accountId };
    const { roleArn, sessionName } = session;
    return { arn: this.sessionArn(roleArn, sessionName), id: `${idOf(roleArn)}:${sessionName}` };
  }

  private sessionArn(roleArn: string, sessionName: string): string {
    const { partition, accountId } = this.cloud;
    return `arn:${partition}:sts::${accountId}:assumed-role/${roleArn.split('/').at(-1)}/${sessionName}`;
  }
}

function idOf(roleArn: string): string {
  const letters = Buffer.from(roleArn.split('/').at(-1) ?? '').toString('hex');
  return `AROA${letters.toUpperCase().padEnd(17, '0').slice(-17)}`;
}
