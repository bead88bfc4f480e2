import { QueryError } from '../../services/kit/query-protocol';
import type { Xml } from '../../wire/xml';
import type { ResourceChange } from '../changes';
import { isSecret } from './parameter-values';
import type { AskedStack } from './stack-engine';

/** A change set: its changes and its state. */
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

  /** Finds a change set by id alone, or by name with the stack's id. */
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

  /** Marks a change set as executed, and deletes the other change sets of its stack, which are out of date. */
  executed(changeSet: ChangeSet): void {
    for (const { id } of this.of(changeSet.request.stackId)) this.byId.delete(id);
    this.put({ ...changeSet, executionStatus: 'EXECUTE_COMPLETE' });
  }
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html */
export function describedChangeSet({ request, ...changeSet }: ChangeSet): Readonly<Record<string, Xml | undefined>> {
  return {
    ChangeSetName: changeSet.name,
    ChangeSetId: changeSet.id,
    StackId: request.stackId,
    StackName: request.stackName,
    Description: changeSet.description,
    CreationTime: changeSet.createdAt.toISOString(),
    ExecutionStatus: changeSet.executionStatus,
    Status: changeSet.status,
    StatusReason: changeSet.statusReason,
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
  const scope: string[] = [...changedAttributes];
  if (changedProperties.length > 0) scope.unshift('Properties');
  return {
    Type: 'Resource',
    ResourceChange: {
      Action: action,
      LogicalResourceId: logicalId,
      PhysicalResourceId: physicalId,
      ResourceType: type,
      Replacement: action === 'Modify' ? replacement : undefined,
      Scope: { member: scope },
      Details: {
        member: [...changedProperties.map((name) => propertyDetail(change, name)), ...attributeDetails(change)],
      },
    },
  };
}

/** Describes one changed property. The engine does not know which of several causes a replacement, so it names all. */
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
