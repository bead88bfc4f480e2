/** Opens the small cloud without a stack, for the CDK CLI, the AWS CLI and the SDKs: `npm run local`. */
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

const HELP = `Opens a small AWS on this machine and keeps it open. The real CDK CLI deploys to it, unchanged.

  npm run local

Options
${RUN_HELP}

Ctrl-C ends it and leaves nothing behind, not even deployed stacks.`;

/** Writes the environment that the AWS CLI, the SDKs and the CDK CLI need, and the commands to try. */
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

/** Shows a step of a stack, and its addresses once it is up. */
function show(screen: Screen, cloud: SmallCloud, { stackName, logicalId, type, status }: StackEvent): void {
  // A failure is shown elsewhere, as a warning with its reason.
  if (!status.endsWith('_FAILED')) screen.say(`  ${stackName}  ${status}  ${type}  ${logicalId}`);
  if (type !== 'AWS::CloudFormation::Stack' || !/^(CREATE|UPDATE)_COMPLETE$/.test(status)) return;
  const stack = cloud.engine.stack(stackName);
  if (stack !== undefined) screen.showAddresses(cloud.addresses(stack));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
