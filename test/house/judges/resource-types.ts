import { type ActionReference, arnForm, typesOf } from './action-reference';

/** Services whose actions the local services authorize. */
const JUDGED = [
  'athena',
  'cloudformation',
  'cloudfront',
  'cloudfront-keyvaluestore',
  'cognito-idp',
  'dynamodb',
  'ecr',
  'events',
  'firehose',
  'glue',
  'iam',
  'ivschat',
  'lambda',
  'logs',
  'mediaconvert',
  'medialive',
  'mediapackage',
  'mediapackagev2',
  'mediastore',
  's3',
  'scheduler',
  'secretsmanager',
  'sns',
  'ssm',
  'sts',
];

/** Content of packages/small-cloud/src/services/kit/policy/resource-types.json: the actions of each service by the resources they are granted on. */
export function resourceTypesJson(reference: ActionReference): string {
  const services = JUDGED.map((service) => {
    const actions = new Map<string, string[]>();
    const arns: Record<string, string> = {};
    for (const action of Object.keys(reference.services[service]?.Actions ?? {}).sort()) {
      const types = typesOf(reference, service, action);
      for (const type of types) arns[type.replaceAll(' ', '-')] = arnForm(reference, service, type);
      const key = types.map((type) => type.replaceAll(' ', '-')).join(' ');
      actions.set(key, [...(actions.get(key) ?? []), action]);
    }
    const grouped = [...actions].sort().map(([types, names]) => [types, names.join(' ')]);
    return [service, { arns, actions: Object.fromEntries(grouped) }];
  });
  const table = {
    from: `The service authorization reference, as cfn-lint ${reference.version} carries it`,
    made: 'UPDATE_RESOURCE_TYPES=1 npx jest test/house/resource-types',
    services: Object.fromEntries(services),
  };
  return `${JSON.stringify(table, null, 2)}\n`;
}
