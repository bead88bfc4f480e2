import { UnsupportedError } from '../../contract';
import { QueryError, type QueryParameters } from '../../services/kit/query-protocol';
import type { KnownStacks } from './known-stacks';
import { resourcesOf, shownEvents, shownResource, shownStack, stackSummary } from './shapes';
import type { KnownStack } from './stack-engine';
import type { RequestReading } from './stack-request';
import { givenTemplate } from './template-source';
import { templateSummary } from './template-summary';
import { readTemplateText } from './template-text';

/** The parts of the API that the reading actions need. */
export interface StackReadingOptions extends RequestReading {
  readonly stacks: KnownStacks;
  /** Returns true if termination protection is on. */
  readonly isProtected: (stackId: string) => boolean;
}

/** The actions that change nothing. Each takes the parameters of its call and returns the result. */
export class StackReading {
  constructor(private readonly options: StackReadingOptions) {}

  describeStacks(parameters: QueryParameters) {
    const name = parameters.maybeText('StackName');
    parameters.end();
    const living = () => this.options.stacks.all().filter(({ status }) => status !== 'DELETE_COMPLETE');
    const shown = (name === undefined ? living() : [this.options.stacks.get(name)]).map((stack) => {
      const template = stack.templateBody === '' ? {} : readTemplateText(stack.templateBody);
      return shownStack(stack, this.options.values.shown(stack, template), this.options.isProtected(stack.stackId));
    });
    return { Stacks: { member: shown } };
  }

  listStacks(parameters: QueryParameters) {
    const wanted = parameters.texts('StackStatusFilter');
    parameters.end();
    const stacks = this.options.stacks.all().filter(({ status }) => wanted.length === 0 || wanted.includes(status));
    return { StackSummaries: { member: stacks.map(stackSummary) } };
  }

  describeEvents(parameters: QueryParameters) {
    const name = parameters.text('StackName');
    const token = parameters.maybeText('NextToken');
    parameters.end();
    return shownEvents(this.options.stacks.get(name, `Stack [${name}] does not exist`), token);
  }

  describeResource(parameters: QueryParameters) {
    const name = parameters.text('StackName');
    const logicalId = parameters.text('LogicalResourceId');
    parameters.end();
    const stack = this.options.stacks.get(name, `Stack '${name}' does not exist`);
    const [resource] = theResource(stack, logicalId, name);
    const { StackId, StackName } = { StackId: stack.stackId, StackName: stack.stackName };
    return { StackResourceDetail: { StackId, StackName, ...shownResource(resource, 'LastUpdatedTimestamp') } };
  }

  describeResources(parameters: QueryParameters) {
    const name = parameters.text('StackName');
    const logicalId = parameters.maybeText('LogicalResourceId');
    parameters.end();
    const stack = this.options.stacks.get(name);
    const { stackId, stackName } = stack;
    const resources = logicalId === undefined ? resourcesOf(stack) : theResource(stack, logicalId, name);
    const shown = resources.map((resource) => ({
      StackId: stackId,
      StackName: stackName,
      ...shownResource(resource, 'Timestamp'),
    }));
    return { StackResources: { member: shown } };
  }

  listResources(parameters: QueryParameters) {
    const stack = this.options.stacks.get(parameters.text('StackName'));
    parameters.end();
    const member = resourcesOf(stack).map((resource) => shownResource(resource, 'LastUpdatedTimestamp'));
    return { StackResourceSummaries: { member } };
  }

  listExports(parameters: QueryParameters) {
    parameters.end();
    const member = this.options.stacks
      .all()
      .flatMap(({ stackId, outputs, status }) =>
        Object.values(outputs).flatMap(({ exportName, value }) =>
          exportName === undefined || status === 'DELETE_COMPLETE'
            ? []
            : [{ ExportingStackId: stackId, Name: exportName, Value: value }],
        ),
      );
    return { Exports: { member } };
  }

  getTemplate(parameters: QueryParameters) {
    const name = parameters.text('StackName');
    const stage = parameters.maybeText('TemplateStage') ?? 'Original';
    parameters.end();
    if (stage !== 'Original') throw new UnsupportedError(`TemplateStage ${stage} is not modelled; Original is.`);
    const { templateBody } = this.options.stacks.get(name);
    return { TemplateBody: templateBody, StagesAvailable: { member: ['Original'] } };
  }

  summarize(parameters: QueryParameters, role: string | undefined) {
    const name = parameters.maybeText('StackName');
    const given = name === undefined ? undefined : readTemplateText(this.options.stacks.get(name).templateBody);
    const template = given ?? givenTemplate(parameters, undefined, this.options, role).template;
    parameters.end();
    return templateSummary(template);
  }
}

/** Finds one resource. @throws QueryError when there is none. */
function theResource(stack: KnownStack, logicalId: string, name: string) {
  const found = resourcesOf(stack).find((resource) => resource.logicalId === logicalId);
  if (found === undefined) {
    throw new QueryError('ValidationError', `Resource ${logicalId} does not exist for stack ${name}`);
  }
  return [found] as const;
}
