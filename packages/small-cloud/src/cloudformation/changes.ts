import { isDeepStrictEqual } from 'node:util';
import type { Properties, Value } from '../contract';
import type { World } from '../template/scope';
import { changedProperties, isReplacement } from './difference';
import type { Plan } from './plan';
import type { StackResource } from './stack';
import { worldOf } from './world';

/** The effect of an operation on one resource. */
export interface ResourceChange {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly physicalId: string | undefined;
  readonly type: string;
  /** `Conditional` depends on the answers of other resources. `False` for a resource that is added or removed. */
  readonly replacement: 'True' | 'False' | 'Conditional';
  /** The outermost properties that change, or may change. */
  readonly changedProperties: readonly string[];
  /** Those of them whose value is not known before the operation. */
  readonly uncertainProperties: readonly string[];
  /** Changed attributes of the resource beside its properties. */
  readonly changedAttributes: readonly ('Metadata' | 'DeletionPolicy' | 'UpdateReplacePolicy')[];
}

/**
 * Foresees the effect of a plan on a stack's resources: additions and modifications in its order, then removals.
 *
 * @param resources - the existing resources; empty for a new stack.
 */
export function resourceChanges(plan: Plan, resources: ReadonlyMap<string, StackResource>): readonly ResourceChange[] {
  const changes = new Map<string, ResourceChange>();
  const world = worldToCome(plan, resources, changes);
  for (const logicalId of plan.order) {
    const before = resources.get(logicalId);
    const change = before === undefined ? addition(plan, logicalId) : modification(plan, before, world);
    if (change !== undefined) changes.set(logicalId, change);
  }
  const removed = [...resources.values()].filter(({ logicalId }) => !plan.waits.has(logicalId));
  return [...changes.values(), ...removed.map(removal)];
}

const NOTHING = {
  replacement: 'False',
  changedProperties: [],
  uncertainProperties: [],
  changedAttributes: [],
} as const;

function addition({ template }: Plan, logicalId: string): ResourceChange {
  const type = template.resources[logicalId]?.type ?? '';
  return { ...NOTHING, action: 'Add', logicalId, physicalId: undefined, type };
}

function removal({ logicalId, type, state: { physicalId } }: StackResource): ResourceChange {
  return { ...NOTHING, action: 'Remove', logicalId, physicalId, type };
}

function modification(plan: Plan, before: StackResource, world: World): ResourceChange | undefined {
  const { logicalId, type, state } = before;
  const { properties, unknown } = foreseen(plan, logicalId, world);
  const certain = changedProperties(before.properties, properties).filter((name) => !unknown.includes(name));
  const provider = plan.provider(type);
  const changed = [...certain, ...unknown];
  const changedAttributes = attributeChanges(plan, before);
  if (changed.length === 0 && changedAttributes.length === 0) return undefined;
  return {
    action: 'Modify',
    logicalId,
    physicalId: state.physicalId,
    type,
    replacement: isReplacement(provider, certain) ? 'True' : isReplacement(provider, unknown) ? 'Conditional' : 'False',
    changedProperties: changed,
    uncertainProperties: unknown,
    changedAttributes,
  };
}

function attributeChanges({ template }: Plan, before: StackResource): ResourceChange['changedAttributes'] {
  const after = template.resources[before.logicalId];
  if (after === undefined) return [];
  const changed: ResourceChange['changedAttributes'][number][] = [];
  if (!isDeepStrictEqual(before.metadata, after.metadata)) changed.push('Metadata');
  if (before.deletionPolicy !== after.deletionPolicy) changed.push('DeletionPolicy');
  if (before.updateReplacePolicy !== after.updateReplacePolicy) changed.push('UpdateReplacePolicy');
  return changed;
}

/** Resolves the properties that are known before the operation; the others depend on resources that will change. */
function foreseen(plan: Plan, logicalId: string, world: World): { properties: Properties; unknown: readonly string[] } {
  const properties: Record<string, Value> = {};
  const unknown: string[] = [];
  for (const [name, value] of Object.entries(plan.template.resources[logicalId]?.properties ?? {})) {
    try {
      const resolved = plan.evaluation.resolve(value, `Resources.${logicalId}.Properties.${name}`, world);
      if (resolved !== undefined) properties[name] = resolved;
    } catch {
      unknown.push(name);
    }
  }
  return { properties, unknown };
}

/** The existing resources, except for those that the operation will change: these are unknown. */
function worldToCome(
  { stackId }: Plan,
  resources: ReadonlyMap<string, StackResource>,
  changes: ReadonlyMap<string, ResourceChange>,
): World {
  const now = worldOf(stackId, resources);
  const unknown = (logicalId: string): never => {
    throw new Error(`${logicalId} is not known before the operation`);
  };
  return {
    ref: (logicalId) => {
      const change = changes.get(logicalId);
      return change?.action === 'Add' || (change !== undefined && change.replacement !== 'False')
        ? unknown(logicalId)
        : now.ref(logicalId);
    },
    attribute: (logicalId, attribute) => {
      const change = changes.get(logicalId);
      return change !== undefined && (change.action === 'Add' || change.changedProperties.length > 0)
        ? unknown(logicalId)
        : now.attribute(logicalId, attribute);
    },
  };
}
