import {
  type App,
  Aws,
  type CfnResource,
  CustomResource,
  Duration,
  Fn,
  type IStackSynthesizer,
  Stack,
  Validations,
} from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Bundle } from '../stream/bundles';
import { StackFunction, serviceTimeout } from '../stream/stack-function';
import { SECRETS } from './free-texts';

/*
 * What keeps the secrets that the launcher types, in stacks that are never deployed: their resources become part of the
 * launch template, for the inputs that need them.
 */

/** Keeps the password of a source in Parameter Store, where MediaLive reads it. */
export function sourcePasswordStack(app: App, bundle: Bundle, synthesizer: IStackSynthesizer): Stack {
  const stack = new Stack(app, 'SourcePassword', { synthesizer });
  // The path has the id of the stack in it, so that it is nobody else's.
  const path = ['', 'live-streaming', Aws.STACK_NAME, Fn.select(2, Fn.split('/', Aws.STACK_ID)), 'source-password'];
  const name = Fn.join('/', path);
  const keeper = new StackFunction(stack, 'SecureParameter', {
    description: 'Keeps the password of the source encrypted in Parameter Store and removes it with the stack',
    bundle,
    timeout: TIMEOUT,
    statements: [
      new PolicyStatement({
        actions: ['ssm:PutParameter', 'ssm:DeleteParameter'],
        resources: [`arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:parameter${name}`],
      }),
    ],
  });
  const password = new CustomResource(stack, SECRETS.sourcePassword, {
    resourceType: 'Custom::SecureParameter',
    serviceToken: keeper.function.functionArn,
    serviceTimeout: serviceTimeout(TIMEOUT),
    properties: { Name: name, Value: Fn.ref('SourcePassword') },
  });
  password.node.addDependency(keeper.bounded);
  (password.node.defaultChild as CfnResource).overrideLogicalId(SECRETS.sourcePassword);
  return stack;
}

/** The most that one invocation of the function takes. */
const TIMEOUT = Duration.minutes(2);

/** Keeps the passphrase of SRT in Secrets Manager, where MediaLive reads it. */
export function srtPassphraseStack(app: App, synthesizer: IStackSynthesizer): Stack {
  const stack = new Stack(app, 'SrtPassphrase', { synthesizer });
  const secret = new CfnSecret(stack, SECRETS.srtPassphrase, {
    description: `Passphrase of SRT of stack ${Aws.STACK_NAME}`,
    secretString: Fn.ref('SrtPassphrase'),
  });
  secret.overrideLogicalId(SECRETS.srtPassphrase);
  Validations.of(secret).acknowledge({
    id: 'AwsSolutions::AwsSolutions-SMG4',
    reason: 'The passphrase is what the publisher has as well: whoever changes it there changes the parameter here.',
  });
  return stack;
}
