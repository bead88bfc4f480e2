import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  type ChannelAlert,
  DescribeChannelCommand,
  MediaLiveClient,
  NotFoundException,
  paginateListAlerts,
  StartChannelCommand,
  StopChannelCommand,
} from '@aws-sdk/client-medialive';
import { EXIT, LiveFailure } from './failure';
import { localKeys } from './local-keys';
import type { Alert, ChannelFacts, ChannelResource, LiveService, LogLine, StackFacts } from './service';

/** The place of the services: a Region of AWS, or an endpoint of a local run. */
export interface Place {
  /** Undefined means the Region of the environment or the profile. */
  readonly region: string | undefined;
  /** Address of a local run; undefined means AWS. */
  readonly endpoint: string | undefined;
}

const LOCAL = { region: 'us-east-1', maxAttempts: 2 };

/** Settings of the SDK's clients. */
export function clientSettings({ region, endpoint }: Place) {
  if (endpoint === undefined) return { region, maxAttempts: 5 };
  return { ...LOCAL, endpoint, credentials: localKeys(endpoint) };
}

/** Makes the service that calls CloudFormation and MediaLive. */
export function awsService({ region, endpoint }: Place): LiveService {
  const settings = clientSettings({ region, endpoint });
  const cloudFormation = new CloudFormationClient(settings);
  const mediaLive = new MediaLiveClient(settings);
  const logs = new CloudWatchLogsClient(settings);
  const lambda = new LambdaClient(settings);
  return {
    stack: (name) => stackFacts(cloudFormation, name),
    channels: (stackName) => channelResources(cloudFormation, stackName),
    look: (channelId) => channelFacts(mediaLive, channelId),
    alerts: (channelId, which) => alertsOf(mediaLive, channelId, which),
    log: (group, from) => logLines(logs, group, from),
    invoke: (functionName, event) => invoked(lambda, functionName, event),
    async start(channelId) {
      await mediaLive.send(new StartChannelCommand({ ChannelId: channelId }));
    },
    async stop(channelId) {
      await mediaLive.send(new StopChannelCommand({ ChannelId: channelId }));
    },
  };
}

async function invoked(client: LambdaClient, functionName: string, event: object): Promise<unknown> {
  const command = new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(event) });
  const { Payload, FunctionError } = await client.send(command);
  const answer: unknown = JSON.parse(Payload?.transformToString() ?? 'null');
  if (FunctionError === undefined) return answer;
  const { errorMessage } = Object(answer) as { readonly errorMessage?: unknown };
  throw new LiveFailure(`The function of the stack says: ${errorMessage ?? FunctionError}`, EXIT.notReached);
}

async function logLines(client: CloudWatchLogsClient, group: string, from: number): Promise<readonly LogLine[]> {
  const found: LogLine[] = [];
  const pages = paginateFilterLogEvents({ client }, { logGroupName: group, startTime: Math.floor(from) });
  for await (const { events = [] } of pages) {
    found.push(...events.map(({ timestamp = 0, message = '' }) => ({ at: timestamp, message })));
  }
  return found;
}

async function stackFacts(client: CloudFormationClient, name: string): Promise<StackFacts> {
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
  const outputs = (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]);
  return { name, status: stack?.StackStatus ?? 'unknown', outputs: Object.fromEntries(outputs) };
}

async function channelResources(client: CloudFormationClient, stackName: string): Promise<readonly ChannelResource[]> {
  const found: ChannelResource[] = [];
  for await (const page of paginateListStackResources({ client }, { StackName: stackName })) {
    for (const one of page.StackResourceSummaries ?? []) {
      if (one.ResourceType !== 'AWS::MediaLive::Channel' || one.ResourceStatus === 'DELETE_COMPLETE') continue;
      // A channel without an id is still being created. An ARN ends in the id.
      const channelId = one.PhysicalResourceId?.split(/[:/]/).at(-1) ?? '';
      if (channelId !== '') found.push({ logicalId: one.LogicalResourceId ?? channelId, channelId });
    }
  }
  return found;
}

async function channelFacts(client: MediaLiveClient, channelId: string): Promise<ChannelFacts | undefined> {
  try {
    const channel = await client.send(new DescribeChannelCommand({ ChannelId: channelId }));
    // MediaLive still describes a channel for some time after its deletion, and knows nothing else of it.
    if (channel.State === 'DELETED') return undefined;
    return {
      state: channel.State ?? 'unknown',
      name: channel.Name,
      tags: channel.Tags ?? {},
      pipelinesRunning: channel.PipelinesRunningCount,
      inputs: (channel.InputAttachments ?? []).map(
        ({ InputAttachmentName, InputId }) => InputAttachmentName ?? InputId ?? 'unknown',
      ),
    };
  } catch (error) {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  }
}

async function alertsOf(client: MediaLiveClient, channelId: string, which: 'SET' | 'ALL'): Promise<readonly Alert[]> {
  // One call for each state, because AWS documents two different ways to ask for both at once.
  const found: Alert[] = [];
  try {
    for (const StateFilter of which === 'ALL' ? ['SET', 'CLEARED'] : ['SET']) {
      for await (const page of paginateListAlerts({ client }, { ChannelId: channelId, StateFilter })) {
        found.push(...(page.Alerts ?? []).map(alertOf));
      }
    }
  } catch (error) {
    // The channel was deleted since the last look.
    if (!(error instanceof NotFoundException)) throw error;
  }
  return found;
}

function alertOf(alert: ChannelAlert): Alert {
  return {
    type: alert.AlertType ?? 'unknown',
    message: alert.Message ?? '',
    pipeline: alert.PipelineId,
    state: alert.State === 'CLEARED' ? 'CLEARED' : 'SET',
    setAt: alert.SetTimestamp?.getTime(),
    clearedAt: alert.ClearedTimestamp?.getTime(),
  };
}
