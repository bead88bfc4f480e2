import { isObject, type ResourceRequest } from '../../contract';
import { AwsError } from '../kit/aws-error';
import { parsedJson } from '../kit/json';
import { physicalName } from '../kit/physical-name';
import { PropertyReader } from '../kit/property-reader';
import { password } from './password';

/** An AWS::SecretsManager::Secret as its template declares it. */
export interface DeclaredSecret {
  readonly name: string;
  readonly description: string | undefined;
  /** The given value, or one that is generated now; undefined for a secret that is still empty. */
  readonly value: string | undefined;
}

/**
 * Reads the properties of an AWS::SecretsManager::Secret, and generates its value where it has a generator. No error shows
 * a value.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html
 */
export function declaredSecret(request: ResourceRequest): DeclaredSecret {
  const declared = PropertyReader.of(request).withoutEffect('Tags');
  const name = declared.maybeText('Name') ?? physicalName(request);
  const description = declared.maybeText('Description');
  const given = declared.value('SecretString');
  if (given !== undefined && typeof given !== 'string') {
    throw refused(`${declared.at('SecretString')}: a string is needed`);
  }
  const generator = declared.maybePart('GenerateSecretString');
  if (given !== undefined && generator !== undefined) {
    throw refused("You can't specify both GenerateSecretString and SecretString.");
  }
  const value = generator === undefined ? given : generated(generator);
  declared.end();
  return { name, description, value };
}

/** The password alone, or as a key of the template. */
function generated(generator: PropertyReader): string {
  const template = generator.maybeText('SecretStringTemplate');
  const key = generator.maybeText('GenerateStringKey');
  const word = password(generator);
  if (template === undefined && key === undefined) return word;
  const keys = template === undefined ? undefined : parsedJson(template);
  if (key === undefined || !isObject(keys)) {
    throw refused('SecretStringTemplate, which is a JSON object, and GenerateStringKey are given together.');
  }
  return JSON.stringify({ ...keys, [key]: word });
}

function refused(sentence: string): AwsError {
  return new AwsError('InvalidParameterException', sentence);
}
