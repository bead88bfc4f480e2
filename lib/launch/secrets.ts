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
 * The resources that keep secret parameters. Their stacks are never deployed: the resources become part of the launch
 * template, for the inputs that need them.
 */

/** Returns a stack that keeps the password of a source in Parameter Store, where MediaLive reads it. */
export function sourcePasswordStack(app: App, bundle: Bundle, synthesizer: IStackSynthesizer): Stack {
  const stack = new Stack(app, 'SourcePassword', { synthesizer });
  // The path contains the id of the stack, so no other stack uses it.
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
    serviceToken: keeper.lambda.functionArn,
    serviceTimeout: serviceTimeout(TIMEOUT),
    properties: { Name: name, Value: Fn.ref('SourcePassword') },
  });
  password.node.addDependency(keeper.bounded);
  (password.node.defaultChild as CfnResource).overrideLogicalId(SECRETS.sourcePassword);
  return stack;
}

/** Longest time of one invocation of the function. */
const TIMEOUT = Duration.minutes(2);

/** Returns a stack that keeps the SRT passphrase in Secrets Manager, where MediaLive reads it. */
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
