import { MediaLiveClient } from '@aws-sdk/client-medialive';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mediaLiveChannels } from '../shared/channels/media-live';
import { systemClock } from '../shared/clock';
import { setting } from '../shared/setting';
import { ownTokenPath } from '../shared/viewers/own-token';
import { type ProbedChannel, probe } from './handler';
import type { Viewing } from './sight';

const channels = mediaLiveChannels(new MediaLiveClient({ maxAttempts: 3 }));
const secrets = new SecretsManagerClient({ maxAttempts: 2 });

/** A viewer's patience for one answer. */
const PATIENCE_MILLISECONDS = 8000;
/** By this, the requests of the probe can be told from those of viewers in the access logs. */
const USER_AGENT = 'live-streaming-probe';

const get: Viewing['get'] = async (url, options) => {
  const headers: Record<string, string> = { 'user-agent': USER_AGENT };
  if (options !== undefined) headers['range'] = `bytes=0-${options.firstBytes - 1}`;
  const answer = await fetch(url, { headers, signal: AbortSignal.timeout(PATIENCE_MILLISECONDS) }).catch((error) => {
    throw new Error(`${url} gave no answer: ${error instanceof Error ? error.message : error}`);
  });
  return { status: answer.status, body: await answer.text(), headers: answer.headers };
};

/** Invoked every minute by a schedule. */
export async function handler(): Promise<readonly string[]> {
  const done = await probe(JSON.parse(setting('CHANNELS')) as readonly ProbedChannel[], {
    stack: setting('STACK_NAME'),
    edge: setting('EDGE'),
    channels,
    tokenPath: (channel) => ownTokenPath(secrets, channel),
    get,
    now: systemClock.now,
    elapsed: () => performance.now(),
    sleep: systemClock.sleep,
    // The bare line: console.log would put the time and the request before it.
    write: (line) => void process.stdout.write(`${line}\n`),
  });
  for (const line of done) console.log(line);
  return done;
}
