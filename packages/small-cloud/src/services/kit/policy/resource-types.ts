import table from './resource-types.json';

interface Service {
  /** The ARNs of a type of resource, as the source of a regular expression. */
  readonly arns: Readonly<Record<string, string>>;
  /** Actions in lower case, by the types of resources that they are granted on; both are divided by blanks. */
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

/** Whether the service authorization reference has the action. */
export function isKnownAction(action: string): boolean {
  return FORMS.has(action.toLowerCase());
}

/**
 * The resource that the policies are asked about. An action that is granted on no type of resource, or not on the type
 * of this one, is allowed by a grant on `*` alone: a grant on an ARN of another type has no effect on AWS.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function judgedResource(action: string, arn: string): string {
  const forms = FORMS.get(action.toLowerCase());
  return forms === undefined || forms.some((form) => form.test(arn)) ? arn : '*';
}
