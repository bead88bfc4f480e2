import type { PolicyDocument, ResourceRequest } from '../../contract';
import { declaredPolicy } from '../kit/policy/declared-policy';
import { PropertyReader } from '../kit/property-reader';

/** The declared properties of a topic policy. */
export interface TopicPolicy {
  readonly document: PolicyDocument;
  /** ARNs of the topics that it belongs to. */
  readonly topics: readonly string[];
}

/**
 * Reads the properties of an AWS::SNS::TopicPolicy.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topicpolicy.html
 */
export function declaredTopicPolicy(request: ResourceRequest): TopicPolicy {
  const declared = PropertyReader.of(request);
  const topics = declared.texts('Topics');
  const document = declaredPolicy(declared, 'PolicyDocument');
  declared.end();
  return { document, topics };
}
