import { QueryError } from '../../wire/query-protocol';
import type { Xml } from '../../wire/xml';
import type { ResourceChange } from '../changes';
import { isSecret } from './parameter-values';
import type { AskedStack } from './stack-engine';

/** A change set: what it would do, and where it stands. */
export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly kind: 'CREATE' | 'UPDATE';
  readonly description: string | undefined;
  readonly createdAt: Date;
  readonly request: AskedStack & { readonly stackId: string };
  readonly changes: readonly ResourceChange[];
  readonly status: 'CREATE_COMPLETE' | 'FAILED';
  readonly statusReason: string | undefined;
  readonly executionStatus: 'AVAILABLE' | 'UNAVAILABLE' | 'EXECUTE_COMPLETE';
}

/** The change sets of all stacks. */
export class ChangeSets {
  private readonly byId = new Map<string, ChangeSet>();

  /** By id alone, or by name with the stack's id. */
  find(nameOrId: string, stackId: string | undefined): ChangeSet | undefined {
    const known = this.byId.get(nameOrId);
    return known ?? this.of(stackId ?? '').find(({ name }) => name === nameOrId);
  }

  /** @throws QueryError ChangeSetNotFound. */
  get(nameOrId: string, stackId: string | undefined): ChangeSet {
    const found = this.find(nameOrId, stackId);
    if (found === undefined) throw new QueryError('ChangeSetNotFound', `ChangeSet [${nameOrId}] does not exist`, 404);
    return found;
  }

  of(stackId: string): readonly ChangeSet[] {
    return [...this.byId.values()].filter(({ request }) => request.stackId === stackId);
  }

  put(changeSet: ChangeSet): void {
    this.byId.set(changeSet.id, changeSet);
  }

  delete(id: string): void {
    this.byId.delete(id);
  }

  /** It is being executed: the other change sets of its stack describe what is no longer so, and go. */
  executed(changeSet: ChangeSet): void {
    for (const { id } of this.of(changeSet.request.stackId)) this.byId.delete(id);
    this.put({ ...changeSet, executionStatus: 'EXECUTE_COMPLETE' });
  }
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html */
export function describedChangeSet({ request, ...changeSet }: ChangeSet): Readonly<Record<string, Xml>> {
  return {
    ChangeSetName: changeSet.name,
    ChangeSetId: changeSet.id,
    StackId: request.stackId,
    StackName: request.stackName,
    ...(changeSet.description === undefined ? {} : { Description: changeSet.description }),
    CreationTime: changeSet.createdAt.toISOString(),
    ExecutionStatus: changeSet.executionStatus,
    Status: changeSet.status,
    ...(changeSet.statusReason === undefined ? {} : { StatusReason: changeSet.statusReason }),
    Parameters: {
      member: Object.entries(request.parameters).map(([ParameterKey, value]) => ({
        ParameterKey,
        ParameterValue: isSecret(request.template, ParameterKey) ? '****' : value,
      })),
    },
    Tags: { member: Object.entries(request.tags).map(([Key, Value]) => ({ Key, Value })) },
    Capabilities: { member: request.capabilities },
    NotificationARNs: {},
    RollbackConfiguration: {},
    Changes: { member: changeSet.changes.map(describedChange) },
  };
}

function describedChange(change: ResourceChange): Xml {
  const { action, logicalId, physicalId, type, replacement, changedProperties, changedAttributes } = change;
  return {
    Type: 'Resource',
    ResourceChange: {
      Action: action,
      LogicalResourceId: logicalId,
      PhysicalResourceId: physicalId,
      ResourceType: type,
      Replacement: action === 'Modify' ? replacement : undefined,
      Scope: { member: [...(changedProperties.length === 0 ? [] : ['Properties']), ...changedAttributes] },
      Details: {
        member: [...changedProperties.map((name) => propertyDetail(change, name)), ...attributeDetails(change)],
      },
    },
  };
}

/** Which of several changed properties asks for the replacement is not known; all that may are named. */
function propertyDetail({ replacement, uncertainProperties }: ResourceChange, Name: string): Xml {
  const recreation = { True: 'Always', False: 'Never', Conditional: 'Conditionally' } as const;
  return {
    Target: { Attribute: 'Properties', Name, RequiresRecreation: recreation[replacement] },
    Evaluation: uncertainProperties.includes(Name) ? 'Dynamic' : 'Static',
    ChangeSource: uncertainProperties.includes(Name) ? 'ResourceReference' : 'DirectModification',
  };
}

function attributeDetails({ changedAttributes }: ResourceChange): readonly Xml[] {
  return changedAttributes.map((Attribute) => ({
    Target: { Attribute, RequiresRecreation: 'Never' },
    Evaluation: 'Static',
    ChangeSource: 'DirectModification',
  }));
}
