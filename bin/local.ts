/** The small cloud, open for the CDK CLI, the AWS CLI and the SDKs, without a stack to begin with. `npm run local`. */
import { parseArgs } from 'node:util';
import {
  environmentLines,
  openSmallCloud,
  type RunEnvironment,
  type Screen,
  type SmallCloud,
  type StackEvent,
} from 'small-cloud';
import { RUN_HELP, RUN_OPTIONS, runOptions, tellHurry } from './run/run-options';
import { untilEnded } from './run/until-ended';

const HELP = `Opens a small AWS on this machine and keeps it open: deploy to it with the CDK CLI, unchanged.

  npm run local

Options
${RUN_HELP}

Ctrl-C ends it and leaves nothing behind, deployed stacks neither.`;

/** The environment that the AWS CLI, the SDKs and the CDK CLI need, and what to do in it. */
const usage = (environment: RunEnvironment) => `
  ${environmentLines(environment).join('\n  ')}

  npx cdk bootstrap --no-notices
  npx cdk deploy --no-notices --require-approval never
  npx cdk diff --no-notices
  npx cdk destroy --no-notices --force

  Ctrl-C ends it, and every stack with it.
`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: RUN_OPTIONS });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const options = runOptions(values, true);
  await untilEnded(values.log, async ({ folder, screen, owns }) => {
    const cloud: SmallCloud = owns(
      await openSmallCloud({
        ...options,
        folder,
        tell: (node, line, level = 'info') => screen.tell(node, line, level),
        onEvent: (event) => show(screen, cloud, event),
      }),
    );
    await cloud.start();
    tellHurry(screen, options.hurry);
    screen.say(usage(cloud.environment));
    screen.watch(() => cloud.status());
  });
}

/** A step of a stack; once the stack is up, its addresses. */
function show(screen: Screen, cloud: SmallCloud, { stackName, logicalId, type, status }: StackEvent): void {
  // A failure is told as a warning, with its reason.
  if (!status.endsWith('_FAILED')) screen.say(`  ${stackName}  ${status}  ${type}  ${logicalId}`);
  if (type !== 'AWS::CloudFormation::Stack' || !/^(CREATE|UPDATE)_COMPLETE$/.test(status)) return;
  const stack = cloud.engine.stack(stackName);
  if (stack !== undefined) screen.showAddresses(cloud.addresses(stack));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
