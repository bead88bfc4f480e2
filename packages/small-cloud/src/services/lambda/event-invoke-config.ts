import type { ResourceRequest } from '../../contract';
import { notModelled } from '../kit/not-modelled';
import { PropertyReader } from '../kit/property-reader';

/** The retries of a function that fails when it is invoked as an event. */
export interface EventInvokeConfig {
  /** 0 to 2 tries after the first. @default 2 */
  readonly retries: number;
  /** 60 to 21600 seconds of the cloud's time. An older event is not tried again. @default 21600 */
  readonly ageSeconds: number;
  /** ARN of the topic or function that receives the record of an event that was given up. */
  readonly onFailure: string | undefined;
}

/**
 * Reads the properties of an AWS::Lambda::EventInvokeConfig.
 *
 * @throws UnsupportedError for destinations that are neither topics nor functions, and for versions and aliases.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventinvokeconfig.html
 */
export function eventInvokeConfig(request: ResourceRequest): EventInvokeConfig & { readonly functionName: string } {
  const declared = PropertyReader.of(request);
  const functionName = declared.text('FunctionName');
  declared.oneOf('Qualifier', ['$LATEST']);
  const retries = declared.whole('MaximumRetryAttempts', 0, 2, 2);
  const ageSeconds = declared.whole('MaximumEventAgeInSeconds', 60, 21_600, 21_600);
  const onFailure = destination(declared.section('DestinationConfig').section('OnFailure'));
  declared.end();
  return { functionName, retries, ageSeconds, onFailure };
}

function destination(declared: PropertyReader): string | undefined {
  const arn = declared.maybeText('Destination');
  if (arn === undefined || /^arn:[^:]+:(sns:[^:]+:\d{12}:[\w-]+|lambda:[^:]+:\d{12}:function:[\w-]+)$/.test(arn)) {
    return arn;
  }
  throw notModelled(declared.at('Destination'), { given: arn, known: ['the ARN of a topic or of a function'] });
}
