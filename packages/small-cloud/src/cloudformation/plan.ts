import type { Cloud, Properties, ResourceProvider, Service } from '../contract';
import { type Evaluation, evaluate } from '../template/evaluate';
import { type Dependencies, dependencies, deploymentOrder } from '../template/order';
import { readTemplate } from '../template/read-template';
import type { Template } from '../template/template';
import { dynamicReferences } from './dynamic-references';
import { providersFor } from './providers';
import { refuseMissingTypes } from './resource-regions';

/** A template with its parameters, checked and ready to deploy. */
export interface Plan {
  readonly stackName: string;
  readonly stackId: string;
  readonly template: Template;
  readonly evaluation: Evaluation;
  readonly waits: Dependencies;
  /** Logical ids of the resources to create, each after its dependencies. */
  readonly order: readonly string[];
  readonly provider: (type: string) => ResourceProvider;
  /** Fills in the dynamic references of properties, for a provider alone. */
  readonly filledIn: (properties: Properties) => Properties;
}

/** A template and everything that its plan depends on. */
export interface PlanRequest {
  readonly cloud: Pick<Cloud, 'partition' | 'region' | 'accountId'>;
  readonly stackName: string;
  readonly stackId: string;
  /** The parsed template file. */
  readonly json: unknown;
  /** Parameter values, as strings. */
  readonly given: Readonly<Record<string, string>>;
  readonly services: readonly Service[];
  readonly customResources: ResourceProvider;
}

/**
 * Makes every check that is possible before the first resource is created.
 *
 * @throws TemplateError, UnsupportedError
 */
export function plan(request: PlanRequest): Plan {
  const { cloud, stackName, stackId, json, given, services, customResources } = request;
  const template = readTemplate(json);
  const types = Object.values(template.resources).map(({ type }) => type);
  refuseMissingTypes(types, cloud.region);
  const evaluation = evaluate(template, given, {
    'AWS::AccountId': cloud.accountId,
    'AWS::Partition': cloud.partition,
    'AWS::Region': cloud.region,
    'AWS::StackId': stackId,
    'AWS::StackName': stackName,
    'AWS::URLSuffix': cloud.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
  });
  const waits = dependencies(template, evaluation);
  const order = deploymentOrder(waits);
  const provider = providersFor(template, order, services, customResources);
  return { stackName, stackId, template, evaluation, waits, order, provider, filledIn: dynamicReferences(services) };
}
