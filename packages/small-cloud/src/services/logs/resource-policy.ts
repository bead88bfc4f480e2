import type { PolicyDocument, ResourceRequest } from '../../contract';
import { parsedJson } from '../kit/json';
import { PropertyReader } from '../kit/property-reader';

/** CloudWatch Logs takes so many characters. */
const MOST_CHARACTERS = 5120;

/**
 * Reads the properties of an AWS::Logs::ResourcePolicy, whose document is JSON in a string.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-resourcepolicy.html
 */
export function resourcePolicy(request: ResourceRequest): { readonly name: string; readonly document: PolicyDocument } {
  const declared = PropertyReader.of(request);
  const name = declared.text('PolicyName');
  const text = declared.text('PolicyDocument');
  declared.end();
  if (text.length > MOST_CHARACTERS) {
    throw new Error(`${declared.at('PolicyDocument')}: ${text.length} characters were given; 5,120 are possible`);
  }
  const document = parsedJson(text);
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new Error(`${declared.at('PolicyDocument')}: a policy in JSON is needed`);
  }
  return { name, document: document as PolicyDocument };
}
