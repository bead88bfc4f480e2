import type { Cloud, Properties, ResourceProvider, Service } from '../contract';
import { type Evaluation, evaluate } from '../template/evaluate';
import { type Dependencies, dependencies, deploymentOrder } from '../template/order';
import { readTemplate } from '../template/read-template';
import type { Template } from '../template/template';
import { dynamicReferences } from './dynamic-references';
import { providersFor } from './providers';
import { refuseMissingTypes } from './resource-regions';

/** A template and its parameters, found to be deployable. */
export interface Plan {
  readonly stackName: string;
  readonly stackId: string;
  readonly template: Template;
  readonly evaluation: Evaluation;
  readonly waits: Dependencies;
  /** Logical ids of what is to be there, each after what it waits for. */
  readonly order: readonly string[];
  readonly provider: (type: string) => ResourceProvider;
  /** Properties with their dynamic references filled in, for a provider's eyes only. */
  readonly filledIn: (properties: Properties) => Properties;
}

/**
 * Checks all that can be checked before anything is created.
 *
 * @param json - the parsed template file.
 * @param given - parameter values, as text.
 * @throws TemplateError, UnsupportedError
 */
export function plan(
  cloud: Pick<Cloud, 'partition' | 'region' | 'accountId'>,
  { stackName, stackId }: Pick<Plan, 'stackName' | 'stackId'>,
  json: unknown,
  given: Readonly<Record<string, string>>,
  services: readonly Service[],
  customResources: ResourceProvider,
): Plan {
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
