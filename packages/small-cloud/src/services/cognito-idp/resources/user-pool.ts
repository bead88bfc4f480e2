import { isDeepStrictEqual } from 'node:util';
import type { Properties, ResourceRequest } from '../../../contract';
import { AwsError } from '../../kit/aws-error';
import { notModelled } from '../../kit/not-modelled';
import { PropertyReader } from '../../kit/property-reader';
import { DEFAULT_PASSWORD_POLICY, type PasswordPolicy } from '../pool/password-policy';
import type { UserPoolSettings } from '../pool/user-pool';

/** Texts of messages, which the local run does not send. */
const MESSAGES = [
  'EmailVerificationMessage',
  'EmailVerificationSubject',
  'SmsVerificationMessage',
  'VerificationMessageTemplate',
] as const;

/** Properties that a pool keeps for its life. */
const FIXED = ['UsernameAttributes', 'AliasAttributes', 'UsernameConfiguration'] as const;

/** Name of a pool. */
const NAME = /^[\w\s+=,.@-]{1,128}$/;

/**
 * Reads the properties of an AWS::Cognito::UserPool.
 *
 * @throws AwsError for a name that Cognito refuses.
 * @throws UnsupportedError for MFA, triggers, aliases, attributes of the owner's, and everything else not modelled.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpool.html
 */
export function userPoolSettings(request: ResourceRequest): UserPoolSettings {
  const declared = PropertyReader.of(request)
    .withoutEffect('UserPoolTags', 'UserAttributeUpdateSettings', ...MESSAGES)
    .onlyEmpty('AliasAttributes', 'EnabledMfas', 'LambdaConfig', 'SmsConfiguration');
  const name = declared.maybeText('UserPoolName');
  if (name !== undefined && !NAME.test(name)) {
    const rule = '1 to 128 letters, digits, spaces and _+=,.@- are needed';
    throw new AwsError('InvalidParameterException', `UserPoolName: ${name} was given; ${rule}`);
  }
  const emails = [only(declared, 'UsernameAttributes', ['email']), only(declared, 'AutoVerifiedAttributes', ['email'])];
  declared.oneOf('MfaConfiguration', ['OFF'], 'OFF');
  declared.section('EmailConfiguration').oneOf('EmailSendingAccount', ['COGNITO_DEFAULT'], 'COGNITO_DEFAULT');
  readSchema(declared);
  readRecovery(declared.section('AccountRecoverySetting'));
  const usernames = declared.maybePart('UsernameConfiguration');
  const creation = declared
    .section('AdminCreateUserConfig')
    .withoutEffect('InviteMessageTemplate', 'UnusedAccountValidityDays');
  const settings: UserPoolSettings = {
    name,
    usernameIsEmail: emails[0]?.includes('email') === true,
    isCaseSensitive: usernames === undefined || usernames.flag('CaseSensitive'),
    passwordPolicy: passwordPolicy(declared.section('Policies')),
    isDeletionProtected: declared.oneOf('DeletionProtection', ['ACTIVE', 'INACTIVE'], 'INACTIVE') === 'ACTIVE',
    tier: declared.oneOf('UserPoolTier', ['LITE', 'ESSENTIALS', 'PLUS'], 'ESSENTIALS'),
    isClosed: creation.flag('AllowAdminCreateUserOnly'),
  };
  declared.end();
  return settings;
}

/** Refuses to change what a pool keeps for its life. @throws AwsError in the words of CloudFormation's handler. */
export function refuseFixedChange(next: Properties, previous: Properties): void {
  const changed = FIXED.find((key) => !isDeepStrictEqual(next[key], previous[key]));
  if (changed === undefined) return;
  throw new AwsError('InvalidParameterException', `Updates are not allowed for property - ${changed}.`);
}

/** Reads a list of names, of which only some are modelled. */
function only(declared: PropertyReader, key: string, known: readonly string[]): readonly string[] {
  const names = declared.texts(key);
  const other = names.find((name) => !known.includes(name));
  if (other !== undefined) throw notModelled(declared.at(key), { given: other, known });
  return names;
}

/** Reads the attributes of users. The local run knows the e-mail address alone. */
function readSchema(declared: PropertyReader): void {
  for (const attribute of declared.list('Schema')) {
    attribute.withoutEffect('Mutable', 'Required', 'AttributeDataType', 'StringAttributeConstraints');
    attribute.onlyEmpty('DeveloperOnlyAttribute').oneOf('Name', ['email']);
  }
}

/** Reads the ways to a new password. The local run sends no message, so its page offers none of them. */
function readRecovery(recovery: PropertyReader): void {
  const names = recovery.list('RecoveryMechanisms').map((mechanism) => {
    mechanism.whole('Priority', 1, 2, 1);
    return mechanism.oneOf('Name', ['verified_email', 'verified_phone_number', 'admin_only']);
  });
  if (names.includes('admin_only') && names.length > 1) {
    throw new AwsError(
      'InvalidParameterException',
      'Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.',
    );
  }
}

function passwordPolicy(policies: PropertyReader): PasswordPolicy {
  const signIn = policies.maybePart('SignInPolicy');
  if (signIn !== undefined) only(signIn, 'AllowedFirstAuthFactors', ['PASSWORD']);
  const policy = policies.maybePart('PasswordPolicy');
  if (policy === undefined) return DEFAULT_PASSWORD_POLICY;
  policy.onlyEmpty('PasswordHistorySize');
  return {
    minimumLength: policy.whole('MinimumLength', 6, 99, DEFAULT_PASSWORD_POLICY.minimumLength),
    needsLowercase: policy.flag('RequireLowercase'),
    needsUppercase: policy.flag('RequireUppercase'),
    needsNumbers: policy.flag('RequireNumbers'),
    needsSymbols: policy.flag('RequireSymbols'),
    temporaryDays: policy.whole('TemporaryPasswordValidityDays', 0, 365, DEFAULT_PASSWORD_POLICY.temporaryDays),
  };
}
