import { evaluate, readTemplate } from 'small-cloud';
import { DIMENSIONS } from '../../lib/launch/choices';
import { parameterGroups } from '../../lib/launch/parameter-groups';
import { parametersSection } from '../../lib/launch/parameters';
import { RULES } from '../../lib/launch/rules';

/** Parameters as the launch template declares them. */
export const SECTION = parametersSection(parameterGroups(DIMENSIONS)) as Record<string, object>;

/** Returns the errors of CloudFormation about parameters; an empty string if it accepts them. */
export function refusals(parameters: Readonly<Record<string, string>>): string {
  const template = readTemplate({
    Parameters: SECTION,
    Rules: RULES,
    Resources: { Topic: { Type: 'AWS::SNS::Topic' } },
  });
  try {
    evaluate(template, parameters, {
      'AWS::AccountId': '111122223333',
      'AWS::Partition': 'aws',
      'AWS::Region': 'eu-central-1',
      'AWS::StackId': 'arn:aws:cloudformation:eu-central-1:111122223333:stack/live/0f',
      'AWS::StackName': 'live',
      'AWS::URLSuffix': 'amazonaws.com',
    });
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
