import table from './resource-types.json';

interface Service {
  /** The ARNs of a type of resource, as the source of a regular expression. */
  readonly arns: Readonly<Record<string, string>>;
  /** Actions in lower case, by the types of resources that they are granted on. Spaces separate both. */
  readonly actions: Readonly<Record<string, string>>;
}

const SERVICES: Readonly<Record<string, Service>> = table.services;

/** The forms of the ARNs that an action is granted on, by the action in lower case. */
const FORMS: ReadonlyMap<string, readonly RegExp[]> = new Map(
  Object.entries(SERVICES).flatMap(([service, { arns, actions }]) =>
    Object.entries(actions).flatMap(([types, names]) => {
      const forms = types.split(' ').flatMap((type) => {
        const form = arns[type];
        return form === undefined ? [] : [new RegExp(`^(?:${form})$`)];
      });
      return names.split(' ').map((name) => [`${service}:${name}`, forms] as const);
    }),
  ),
);

/** Tells whether the service authorization reference lists the action. */
export function isKnownAction(action: string): boolean {
  return FORMS.has(action.toLowerCase());
}

/**
 * The resource that policies are judged by. An action that is not granted on this type of resource is allowed by a grant on
 * `*` alone, because on AWS a grant on an ARN of another type has no effect.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function judgedResource(action: string, arn: string): string {
  const forms = FORMS.get(action.toLowerCase());
  return forms === undefined || forms.some((form) => form.test(arn)) ? arn : '*';
}
