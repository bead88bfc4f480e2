import type { Access, AccessRequest, ResourceProvider, ResourceRequest, ResourceState } from '../../contract';
import { physicalName } from '../kit/physical-name';
import { declaredPermission, type Permission, permissionPolicy } from './permission';

/** The permissions of all functions (`AWS::Lambda::Permission`), by statement id. */
export class Permissions implements ResourceProvider {
  readonly replacedBy = [
    'Action',
    'FunctionName',
    'FunctionUrlAuthType',
    'InvokedViaFunctionUrl',
    'Principal',
    'SourceAccount',
    'SourceArn',
  ];
  private readonly permissions = new Map<string, Permission>();

  constructor(
    private readonly access: Pick<Access, 'policyAllows'>,
    private readonly find: (nameOrArn: string) => unknown,
  ) {}

  values(): Iterable<Permission> {
    return this.permissions.values();
  }

  /** Tells whether the permissions of a function allow a request of a principal. */
  allows(functionArn: string, principal: string, request: AccessRequest): boolean {
    return this.access.policyAllows(permissionPolicy(this.permissions.values(), functionArn), principal, request);
  }

  /** @throws Error when the function does not exist. */
  async create(request: ResourceRequest): Promise<ResourceState> {
    const permission = declaredPermission(request);
    this.find(permission.functionName);
    const id = physicalName(request, 100);
    this.permissions.set(id, permission);
    return { physicalId: id, ref: id, attributes: { Id: id } };
  }

  async delete({ physicalId }: ResourceState): Promise<void> {
    this.permissions.delete(physicalId);
  }
}
