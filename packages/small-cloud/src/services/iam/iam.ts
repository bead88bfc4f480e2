import { randomBytes } from 'node:crypto';
import {
  type Access,
  type AccessRequest,
  type Cloud,
  type PolicyDocument,
  type ResourceProvider,
  type ResourceRequest,
  type ResourceState,
  type Service,
  UnsupportedError,
  type Value,
} from '../../contract';
import { checkPolicy, judge, judgeAll } from '../kit/policy/policy';
import { PropertyReader } from '../kit/property-reader';
import { managedPolicy } from './managed-policies';

interface Role {
  readonly name: string;
  readonly trust: PolicyDocument;
  /** Inline and managed policies of the role itself, and those that `AWS::IAM::Policy` attaches, by a unique name. */
  readonly policies: Map<string, PolicyDocument>;
}

/**
 * IAM, as far as the local run judges with it: roles, their policies, and resource-based policies. Users, groups,
 * permissions boundaries and session policies are refused.
 */
export class Iam implements Service, Access {
  private readonly roles = new Map<string, Role>();
  /** Permissions boundaries that were told of. */
  private readonly boundaries = new Set<string>();

  constructor(private readonly cloud: Pick<Cloud, 'partition' | 'accountId' | 'tell'>) {}

  readonly resources: Readonly<Record<string, ResourceProvider>> = {
    'AWS::IAM::Role': {
      replacedBy: ['Path', 'RoleName'],
      create: async (request) => this.createRole(request),
      update: async (state, request) => this.updateRole(state, request),
      delete: async (state) => this.deleteRole(state.physicalId),
    },
    'AWS::IAM::Policy': {
      create: async (request) => {
        const physicalId = generatedName(request);
        this.attach(physicalId, request);
        return { physicalId, ref: physicalId, attributes: { Id: physicalId } };
      },
      update: async (state, request) => {
        this.attach(state.physicalId, request);
        return state;
      },
      delete: async (state) => this.detach(state.physicalId),
    },
  };

  roleAllows(roleArn: string, request: AccessRequest): boolean {
    const role = this.roles.get(roleArn);
    if (role === undefined) return false;
    const context = { ...SECURE, ...this.ownAccount, ...request.context };
    return judgeAll(role.policies.values(), { ...request, context }) === 'allow';
  }

  roleTrusts(roleArn: string, servicePrincipal: string, context: Readonly<Record<string, string>> = {}): boolean {
    const role = this.roles.get(roleArn);
    if (role === undefined) return false;
    return this.serviceMay(role.trust, servicePrincipal, { action: 'sts:AssumeRole', context });
  }

  /** Whether a role lets an IAM principal do `action` (`sts:AssumeRole`) to it; the account's root stands for all of it. */
  roleTrustsCaller(
    roleArn: string,
    callerArn: string,
    action: string,
    context: Readonly<Record<string, string>> = {},
  ): boolean {
    const role = this.roles.get(roleArn);
    if (role === undefined) return false;
    const principal = { kind: 'aws', arn: callerArn } as const;
    return judge(role.trust, { action, principal, context: { ...SECURE, ...this.ownAccount, ...context } }) === 'allow';
  }

  policyAllows(policy: PolicyDocument, servicePrincipal: string, request: AccessRequest): boolean {
    return this.serviceMay(policy, servicePrincipal, request);
  }

  private serviceMay(
    policy: PolicyDocument,
    name: string,
    request: Pick<AccessRequest, 'action' | 'context'> & { readonly resource?: string },
  ): boolean {
    // Everything in the local run belongs to one account, so a service always acts on that account's behalf.
    const context = { ...SECURE, 'aws:SourceAccount': this.cloud.accountId, ...request.context };
    return judge(policy, { ...request, context, principal: { kind: 'service', name } }) === 'allow';
  }

  /** Everything in the local run belongs to one account: whoever asks, and whatever is asked for. */
  private get ownAccount() {
    const { accountId } = this.cloud;
    return { 'aws:ResourceAccount': accountId, 's3:ResourceAccount': accountId, 'aws:PrincipalAccount': accountId };
  }

  private createRole(request: ResourceRequest): ResourceState {
    const { name = generatedName(request), path, boundary, ...role } = declaredRole(request);
    this.tellOf(boundary);
    const arn = `arn:${this.cloud.partition}:iam::${this.cloud.accountId}:role${path}${name}`;
    if ([...this.roles.values()].some((other) => other.name === name)) {
      throw new Error(`Role with name ${name} already exists.`);
    }
    this.roles.set(arn, { name, ...role });
    return {
      physicalId: name,
      ref: name,
      attributes: { Arn: arn, RoleId: `AROA${unique(17).toUpperCase()}` },
    };
  }

  /** Says once of each permissions boundary that it is not applied. */
  private tellOf(boundary: string | undefined): void {
    if (boundary === undefined || this.boundaries.has(boundary)) return;
    this.boundaries.add(boundary);
    const note = `The permissions boundary ${boundary} is taken and not applied; AWS may deny roles more.`;
    this.cloud.tell('iam', note, 'warning');
  }

  /** What other resources have attached stays. */
  private updateRole(state: ResourceState, request: ResourceRequest): ResourceState {
    const { trust, policies, boundary } = declaredRole(request);
    this.tellOf(boundary);
    for (const [arn, { name, policies: old }] of this.roles) {
      if (name !== state.physicalId) continue;
      const kept = [...old].filter(([key]) => key.startsWith(attached('')));
      this.roles.set(arn, { name, trust, policies: new Map([...policies, ...kept]) });
      return state;
    }
    throw new Error(`The role with name ${state.physicalId} cannot be found.`);
  }

  private deleteRole(name: string): void {
    for (const [arn, role] of this.roles) {
      if (role.name !== name) continue;
      if ([...role.policies.keys()].some((key) => key.startsWith(attached('')))) {
        throw new Error(`Cannot delete role ${name}, must detach all policies first.`);
      }
      this.roles.delete(arn);
    }
  }

  private attach(policyId: string, request: ResourceRequest): void {
    const declared = PropertyReader.of(request);
    declared.text('PolicyName');
    const document = policyOf(declared, 'PolicyDocument');
    const names = declared.texts('Roles');
    declared.onlyEmpty('Groups', 'Users').end();
    const roles = names.map((name) => {
      const role = [...this.roles.values()].find((candidate) => candidate.name === name);
      if (role === undefined) throw new Error(`The role with name ${name} cannot be found.`);
      return role;
    });
    this.detach(policyId);
    for (const role of roles) role.policies.set(attached(policyId), document);
  }

  private detach(policyId: string): void {
    for (const role of this.roles.values()) role.policies.delete(attached(policyId));
  }
}

/**
 * Every request of the local run counts as sent over TLS: it travels over loopback in place of the HTTPS that the SDKs
 * and CloudFront speak on AWS, and a bucket policy that denies plain HTTP must not deny it.
 */
const SECURE = { 'aws:SecureTransport': 'true' } as const;

function attached(physicalId: string): string {
  return `attached/${physicalId}`;
}

function policyOf(declared: PropertyReader, key: string): PolicyDocument {
  const document = declared.value(key);
  const path = `${declared.path}.${key}`;
  if (!isPolicy(document)) throw new UnsupportedError(`${path}: a policy document is expected.`);
  checkPolicy(document, path);
  return document;
}

function isPolicy(value: Value | undefined): value is PolicyDocument {
  return typeof value === 'object' && value !== null && 'Statement' in value;
}

function declaredRole(request: ResourceRequest) {
  const declared = PropertyReader.of(request).withoutEffect('Description', 'MaxSessionDuration', 'Tags');
  const [name, path] = [declared.maybeText('RoleName'), declared.maybeText('Path') ?? '/'];
  const boundary = declared.maybeText('PermissionsBoundary');
  const trust = policyOf(declared, 'AssumeRolePolicyDocument');
  const policies = new Map<string, PolicyDocument>();
  for (const inline of declared.list('Policies')) {
    policies.set(`inline/${inline.text('PolicyName')}`, policyOf(inline, 'PolicyDocument'));
  }
  for (const managed of declared.texts('ManagedPolicyArns')) {
    policies.set(`managed/${managed}`, managedPolicy(managed, `${declared.path}.ManagedPolicyArns`));
  }
  declared.end();
  return { name, path, boundary, trust, policies };
}

/** A name as CloudFormation makes one: stack, logical id and a suffix, within IAM's 64 characters. */
function generatedName(request: ResourceRequest): string {
  return `${`${request.stackName}-${request.logicalId}`.slice(0, 51)}-${unique(12)}`;
}

/** So many random hexadecimal digits: a resource that replaces another must not get its name. */
function unique(length: number): string {
  return randomBytes(length).toString('hex').slice(0, length);
}
