import { randomBytes } from 'node:crypto';
import type {
  Access,
  AccessRequest,
  Cloud,
  PolicyDocument,
  ResourceProvider,
  ResourceRequest,
  ResourceState,
  Service,
} from '../../contract';
import { judge, judgeAll } from '../kit/policy/policy';
import { attachedPolicy } from './policy';
import { declaredRole, type Role } from './role';

/**
 * IAM, as far as the local run judges with it: roles, their policies, and resource-based policies. Users, groups,
 * permissions boundaries and session policies are refused.
 */
export class Iam implements Service, Access {
  private readonly roles = new Map<string, Role>();
  /** Permissions boundaries that a warning named. */
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

  /** Tells whether a role lets an IAM principal perform `sts:AssumeRole` or the like on it. The account's root stands for the whole account. */
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

  policyDenies(policy: PolicyDocument, roleArn: string, request: AccessRequest): boolean {
    const context = { ...SECURE, ...this.ownAccount, 'aws:PrincipalArn': roleArn, ...request.context };
    return judge(policy, { ...request, context, principal: { kind: 'aws', arn: roleArn } }) === 'deny';
  }

  private serviceMay(
    policy: PolicyDocument,
    name: string,
    request: Pick<AccessRequest, 'action' | 'context'> & { readonly resource?: string },
  ): boolean {
    // A service always acts on behalf of the one account that everything in the local run belongs to.
    const context = { ...SECURE, 'aws:SourceAccount': this.cloud.accountId, ...request.context };
    return judge(policy, { ...request, context, principal: { kind: 'service', name } }) === 'allow';
  }

  /** The account of every caller and of every resource: the local run has one. */
  private get ownAccount() {
    const { accountId } = this.cloud;
    return { 'aws:ResourceAccount': accountId, 's3:ResourceAccount': accountId, 'aws:PrincipalAccount': accountId };
  }

  private createRole(request: ResourceRequest): ResourceState {
    const { name = generatedName(request), path, boundary, ...role } = declaredRole(request);
    this.warnOf(boundary);
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

  /** Warns once of each permissions boundary that it is not applied. */
  private warnOf(boundary: string | undefined): void {
    if (boundary === undefined || this.boundaries.has(boundary)) return;
    this.boundaries.add(boundary);
    const note = `The permissions boundary ${boundary} is accepted but not applied; on AWS it may deny more.`;
    this.cloud.tell('iam', note, 'warning');
  }

  /** Replaces a role's own policies. Policies that other resources have attached stay. */
  private updateRole(state: ResourceState, request: ResourceRequest): ResourceState {
    const { trust, policies, boundary } = declaredRole(request);
    this.warnOf(boundary);
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
    const { document, roles: names } = attachedPolicy(request);
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
 * Condition keys of a request over TLS. Every request of the local run counts as one, because loopback stands in for the
 * HTTPS that the SDKs and CloudFront use on AWS: a bucket policy that denies plain HTTP must not deny it.
 */
const SECURE = { 'aws:SecureTransport': 'true' } as const;

function attached(physicalId: string): string {
  return `attached/${physicalId}`;
}

/** Makes a name as CloudFormation does: stack, logical id and a suffix, within IAM's 64 characters. */
function generatedName(request: ResourceRequest): string {
  return `${`${request.stackName}-${request.logicalId}`.slice(0, 51)}-${unique(12)}`;
}

/** Makes random hexadecimal digits, so that a resource never gets the name of the one it replaces. */
function unique(length: number): string {
  return randomBytes(length).toString('hex').slice(0, length);
}
