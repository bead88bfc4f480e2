import { isObject, type PolicyDocument, type Properties, type Value } from '../../../contract';
import { notModelled } from '../not-modelled';
import { type ConditionContext, checkConditions, conditionsHold } from './condition';
import { judgedResource } from './resource-types';
import { fits } from './wildcard';

/** A caller: a service principal (`cloudfront.amazonaws.com`), or an IAM principal by ARN. */
export type Principal =
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'aws'; readonly arn: string };

/** A request that a policy judges. */
export interface PolicyQuestion {
  readonly action: string;
  /** ARN; undefined in a role's trust policy, which has none. */
  readonly resource?: string;
  /** Undefined for an identity-based policy, whose principal is the identity that it is attached to. */
  readonly principal?: Principal;
  readonly context: ConditionContext;
}

/** The answer of a policy. `none` is an implicit deny: no statement applies to the request. */
export type Verdict = 'allow' | 'deny' | 'none';

const STATEMENT_ELEMENTS = new Set([
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'Condition',
]);

/**
 * Judges one request by one policy document. An explicit deny overrides every allow.
 *
 * @throws UnsupportedError for an element, operator, condition key or policy variable that is not modelled, when a
 * statement about the action and the resource depends on it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function judge(document: PolicyDocument, question: PolicyQuestion): Verdict {
  let verdict: Verdict = 'none';
  for (const statement of statements(document)) {
    if (!applies(statement, question)) continue;
    if (statement['Effect'] === 'Deny') return 'deny';
    verdict = 'allow';
  }
  return verdict;
}

/** Judges one request by all policies of one identity together. */
export function judgeAll(documents: Iterable<PolicyDocument>, question: PolicyQuestion): Verdict {
  const verdicts = [...documents].map((document) => judge(document, question));
  return verdicts.includes('deny') ? 'deny' : verdicts.includes('allow') ? 'allow' : 'none';
}

/**
 * Refuses a policy that could not be judged later.
 *
 * @param path - how the message names the policy.
 * @throws UnsupportedError for an element or a condition operator that is not modelled; Error for a malformed policy.
 */
export function checkPolicy(document: PolicyDocument, path: string): void {
  for (const [index, statement] of statements(document).entries()) {
    const where = `${path}.Statement[${index}]`;
    if (statement['Effect'] !== 'Allow' && statement['Effect'] !== 'Deny') {
      throw new Error(`${where}.Effect: Allow or Deny is expected.`);
    }
    if (statement['Action'] === undefined && statement['NotAction'] === undefined) {
      throw new Error(`${where}: an Action or a NotAction is expected.`);
    }
    for (const element of Object.keys(statement)) {
      if (!STATEMENT_ELEMENTS.has(element)) {
        throw notModelled(`${where}.${element}`, { advice: 'Write the statement without it' });
      }
    }
    checkConditions(statement['Condition'], where);
  }
}

type Statement = Properties;

function statements(document: PolicyDocument): readonly Statement[] {
  const list = document['Statement'];
  return (Array.isArray(list) ? list : [list]).filter(isObject);
}

function applies(statement: Statement, question: PolicyQuestion): boolean {
  return (
    actionMatches(statement, question.action) &&
    resourceMatches(statement, question) &&
    principalMatches(statement['Principal'], question.principal) &&
    conditionsHold(statement['Condition'], question.context)
  );
}

/** Compares actions, ignoring case. */
function actionMatches(statement: Statement, action: string): boolean {
  const matches = (element: Value | undefined) =>
    texts(element).some((pattern) => fits(action.toLowerCase(), pattern.toLowerCase()));
  return statement['NotAction'] === undefined ? matches(statement['Action']) : !matches(statement['NotAction']);
}

function resourceMatches(statement: Statement, { action, resource: asked }: PolicyQuestion): boolean {
  if (asked === undefined) return true;
  const resource = judgedResource(action, asked);
  const matches = (element: Value | undefined) =>
    texts(element).some((pattern) => {
      if (pattern.includes('${')) {
        throw notModelled(`The policy variable in "${pattern}"`, { advice: 'Name the resource' });
      }
      return fits(resource, pattern);
    });
  return statement['NotResource'] === undefined ? matches(statement['Resource']) : !matches(statement['NotResource']);
}

/** Compares principals. `*` and `{ AWS: '*' }` both mean everyone. */
function principalMatches(element: Value | undefined, principal: Principal | undefined): boolean {
  if (principal === undefined) return true;
  if (element === '*') return true;
  if (!isObject(element)) return false;
  if (texts(element['AWS']).includes('*')) return true;
  if (principal.kind === 'service') return texts(element['Service']).includes(principal.name);
  const account = principal.arn.split(':')[4] ?? '';
  return texts(element['AWS']).some(
    (name) => name === principal.arn || name === account || name.endsWith(`:iam::${account}:root`),
  );
}

function texts(value: Value | undefined): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
}
