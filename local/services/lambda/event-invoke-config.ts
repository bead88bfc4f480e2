import type { ResourceRequest } from '../../cloud';
import { Declared } from '../../declared';

/** How often, and how long, Lambda tries a function that fails when it is invoked as an event. */
export interface EventInvokeConfig {
  /** 0 to 2 tries after the first. @default 2 */
  readonly retries: number;
  /** 60 to 21600 seconds, of the cloud's time; an older event is not tried again. @default 21600 */
  readonly ageSeconds: number;
}

/**
 * Reads the properties of an AWS::Lambda::EventInvokeConfig.
 *
 * @throws UnsupportedError for destinations, and for versions and aliases.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventinvokeconfig.html
 */
export function eventInvokeConfig(request: ResourceRequest): EventInvokeConfig & { readonly functionName: string } {
  const declared = Declared.of(request);
  const functionName = declared.text('FunctionName');
  declared.oneOf('Qualifier', ['$LATEST']);
  const retries = declared.whole('MaximumRetryAttempts', 0, 2, 2);
  const ageSeconds = declared.whole('MaximumEventAgeInSeconds', 60, 21_600, 21_600);
  declared.end();
  return { functionName, retries, ageSeconds };
}
