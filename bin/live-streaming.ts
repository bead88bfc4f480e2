/** The CDK app: `npx cdk synth`, `npx cdk deploy`, each with `-c config=FILE` for another description. */
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { App } from 'aws-cdk-lib';
import { originOf } from '../lib/channel/origin';
import { DescriptionError } from '../lib/channel/sentences';
import { runningCostPerHour } from '../lib/cost/cost';
import { LiveStreamingStack } from '../lib/live-streaming-stack';
import { bundles } from './build';
import { readDescription } from './live-streaming/description';
import { StackNameError, stackName } from './live-streaming/stack-name';

// CDK's validator is a large WebAssembly module that runs once: compiling it fast instead of well saves a fifth of synth.
setFlagsFromString('--liftoff-only');

try {
  const app = new App();
  const config: unknown = app.node.tryGetContext('config');
  const interruption: unknown = app.node.tryGetContext('interruption');
  const file = typeof config === 'string' ? config : join(__dirname, 'channels.ts');
  const stream = readDescription(file, interruption === undefined ? {} : { interruption });
  new LiveStreamingStack(app, 'LiveStreaming', {
    stackName: stackName(app.node.tryGetContext('stack')),
    description: 'Live streaming: MediaLive, MediaPackage, CloudFront and a player',
    stream,
    bundles: bundles(),
  });
  app.synth();
  for (const channel of stream.channels) {
    const usd = runningCostPerHour(channel, { origin: originOf(stream).kind }).usd.toFixed(2);
    // To standard error: standard output is the template's.
    console.error(`Channel ${channel.name}: about ${usd} USD an hour while it runs, without viewers (npm run cost)`);
  }
} catch (error) {
  if (!(error instanceof DescriptionError || error instanceof StackNameError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
