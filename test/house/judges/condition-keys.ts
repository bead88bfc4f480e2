import { type ActionReference, typesOf } from './action-reference';

/**
 * Condition keys that every request has, or may have.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const OF_EVERY_REQUEST = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:requestedregion',
  'aws:resourceaccount',
  'aws:securetransport',
  'aws:sourceaccount',
  'aws:sourcearn',
]);

/**
 * Condition keys of actions. The copy in cfn-lint has only the keys of resources, so these are from the reference.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselementalmedialive.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
const OF_ACTIONS: Readonly<Record<string, RegExp>> = {
  's3:prefix': /^s3:listbucket(versions)?$/,
  's3:resourceaccount': /^s3:/,
  'aws:tagkeys': /^medialive:(createtags|deletetags)$/,
  'iam:passedtoservice': /^iam:passrole$/,
  'aws:requesttag/': /^medialive:createtags$/,
};

/** Condition keys that no action of a statement has. With such a condition, a grant never applies. */
export function keyComplaints(
  reference: ActionReference,
  actions: readonly string[],
  keys: readonly string[],
): readonly string[] {
  return keys
    .map((key) => key.toLowerCase())
    .filter((key) => !OF_EVERY_REQUEST.has(key) && !actions.some((action) => hasKey(reference, action, key)))
    .map((key) => `the condition key ${key} was given; ${actions.join(', ') || 'no action'} has no such key`);
}

function hasKey(reference: ActionReference, action: string, key: string): boolean {
  const family = key.replace(/\/.*$/, '/');
  if (OF_ACTIONS[family]?.test(action)) return true;
  const [service = '', name = ''] = action.split(':');
  return typesOf(reference, service, name)
    .flatMap((type) => reference.services[service]?.Resources[type]?.ConditionKeys ?? [])
    .some((one) => one.toLowerCase() === key || (family.endsWith('/') && one.toLowerCase().startsWith(family)));
}
