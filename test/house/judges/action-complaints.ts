import { type ActionReference, arnForm, typesOf } from './action-reference';
import { keyComplaints } from './condition-keys';
import type { JudgedStatement } from './statements';

/** Actions that AWS documents in its guides and the reference lacks, with the reason that they are granted. */
export const UNDOCUMENTED: readonly { readonly action: RegExp; readonly reason: string }[] = [
  {
    action: /^mediaconnect:managed(describeflow|addoutput|removeoutput)$/i,
    reason:
      'MediaLive’s guide has them in the policy for inputs from MediaConnect: https://docs.aws.amazon.com/medialive/latest/ug/trusted-entity-requirements.html',
  },
];

/**
 * Actions that AWS judges by a resource of each of several types, which the reference marks with an asterisk that its data
 * lacks. A grant on one of them alone is denied at run time.
 */
const OF_EACH: readonly { readonly action: RegExp; readonly types: readonly string[] }[] = [
  {
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselementalmediapackagev2.html
    action: /^mediapackagev2:(create|get|cancel)harvestjob$/i,
    types: ['channelgroup', 'channel', 'originendpoint', 'harvestjob'],
  },
];

/**
 * Judges statements by the service authorization reference. Finds actions that do not exist, actions without a resource
 * of a type that they apply to, resources without an action that applies to them, and condition keys that no action of
 * the statement has.
 */
export function actionComplaints(
  reference: ActionReference,
  statements: readonly JudgedStatement[],
): readonly string[] {
  return statements.flatMap((statement) => {
    const known = statement.actions.flatMap((action) => named(reference, action));
    const unknown = statement.actions.filter((action) => !exists(reference, action));
    return [
      ...unknown.map((action) => `${action} was given; the service has no such action`),
      ...statement.actions.flatMap((action) => uselessAction(reference, action, statement)),
      ...statement.actions.flatMap((action) => missingTypes(reference, action, statement)),
      ...(unknown.length > 0 ? [] : uselessResources(reference, known, statement)),
      ...keyComplaints(reference, known, statement.conditionKeys),
    ].map((complaint) => `${statement.at}: ${complaint}`);
  });
}

/** Actions of the reference that match an action of a policy, as `service:name` in lower case. */
function named(reference: ActionReference, action: string): readonly string[] {
  const [service = '', name = ''] = action.toLowerCase().split(':');
  const all = Object.keys(reference.services[service]?.Actions ?? {});
  return all.filter((one) => fits(one, name)).map((one) => `${service}:${one}`);
}

function exists(reference: ActionReference, action: string): boolean {
  return named(reference, action).length > 0 || UNDOCUMENTED.some((one) => one.action.test(action));
}

function uselessAction(reference: ActionReference, action: string, { resources }: JudgedStatement): readonly string[] {
  const actions = named(reference, action);
  if (actions.length === 0 || resources.length === 0 || resources.includes('*')) return [];
  if (actions.some((one) => resources.some((resource) => isOf(reference, one, resource)))) return [];
  const types = actions.flatMap((one) => typesOf(reference, ...split(one)));
  const rule =
    types.length === 0
      ? 'it has no type of resource, grant it on *'
      : `its resources are ${[...new Set(types)].join(', ')}`;
  return [`${action} was granted on ${resources.join(', ')}; ${rule}`];
}

function missingTypes(reference: ActionReference, action: string, { resources }: JudgedStatement): readonly string[] {
  if (resources.includes('*')) return [];
  const [service] = split(action);
  const wanted = OF_EACH.find((one) => one.action.test(action))?.types ?? [];
  return wanted
    .filter((type) => !resources.some((resource) => hasForm(reference, resource, service, type)))
    .map((type) => `${action} was granted on no ${type}; AWS judges it by one of each of ${wanted.join(', ')}`);
}

function uselessResources(
  reference: ActionReference,
  actions: readonly string[],
  { resources }: JudgedStatement,
): readonly string[] {
  return resources
    .filter((resource) => resource !== '*' && actions.length > 0)
    .filter((resource) => !actions.some((action) => isOf(reference, action, resource)))
    .map((resource) => `${resource} was given; no action of the statement is granted on it`);
}

/** Tells if an ARN, which may have wildcards, is of a type that the action applies to. */
function isOf(reference: ActionReference, action: string, resource: string): boolean {
  const [service, name] = split(action);
  return typesOf(reference, service, name).some((type) => hasForm(reference, resource, service, type));
}

function hasForm(reference: ActionReference, resource: string, service: string, type: string): boolean {
  const sample = resource.replaceAll(/[*?]/g, 'x');
  return new RegExp(`^(?:${arnForm(reference, service, type)})$`).test(sample);
}

function split(action: string): readonly [service: string, name: string] {
  const [service = '', name = ''] = action.split(':');
  return [service, name];
}

function fits(text: string, pattern: string): boolean {
  return new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(text);
}
