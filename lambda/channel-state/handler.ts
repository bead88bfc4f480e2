import { createHash } from 'node:crypto';
import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceUpdateEvent } from 'aws-lambda';
import type { Channels, OwnStack } from '../shared/channels/channels';
import { patientChannels, patientStack } from '../shared/channels/patient';
import type { ChannelWork } from '../shared/channels/reach';
import type { Clock } from '../shared/clock';
import { keptPhysicalId, requiredString, stringList } from '../shared/custom-resource/properties';
import type { CustomResourceHandler, Outcome } from '../shared/custom-resource/respond';
import { patience } from '../shared/patience';
import { type IngestDestination, ingestAttributes, ingestUrl } from './ingest-address';
import { type QuiesceRequest, quiesce } from './quiesce';
import { run } from './run';

/** The dependencies of the handler. */
export interface ChannelStateSurroundings {
  readonly channels: Channels;
  readonly ownStack: (stackId: string) => OwnStack;
  /** Returns where a push input takes contributions, one entry per pipeline. */
  readonly ingestDestinations: (inputId: string) => Promise<readonly IngestDestination[]>;
  readonly clock: Clock;
}

type Event = CloudFormationCustomResourceEvent;

/**
 * Handles the two custom resources of a channel:
 *
 * - `Custom::Quiesce`, before the channel and its inputs, makes the channel idle when an update will change it. Its
 *   attribute `Settings` is the hash of the settings. A template may give them as a list of strings.
 * - `Custom::RunningState`, after them, starts or stops the channel as `Running` says. Its deletion stops the channel.
 */
export function channelStateHandler(around: ChannelStateSurroundings): CustomResourceHandler {
  return {
    physicalId,
    async handle(event, deadline) {
      const { clock } = around;
      const work = { channels: patientChannels(around.channels, clock, deadline), clock, deadline };
      return event.ResourceType === 'Custom::Quiesce'
        ? quiesced(event, around, work)
        : runningState(event, around, work);
    },
  };
}

async function quiesced(event: Event, around: ChannelStateSurroundings, work: ChannelWork<Channels>): Promise<Outcome> {
  if (event.RequestType === 'Delete') return { physicalId: physicalId(event) };
  const settings = settingsHash(event.ResourceProperties['Settings']);
  if (event.RequestType === 'Update') {
    const stack = patientStack(around.ownStack(event.StackId), work.clock, work.deadline);
    await quiesce(quiesceRequest(event, settings), { ...work, stack });
  }
  return { physicalId: physicalId(event), attributes: { Settings: settings } };
}

function quiesceRequest(
  { ResourceProperties: properties, OldResourceProperties: before }: CloudFormationCustomResourceUpdateEvent,
  settings: string,
): QuiesceRequest {
  return {
    name: requiredString(properties, 'ChannelName'),
    logicalId: requiredString(properties, 'ChannelLogicalId'),
    previousLogicalId: requiredString(before, 'ChannelLogicalId'),
    inputLogicalIds: [requiredString(properties, 'InputLogicalId'), ...stringList(properties, 'OtherInputLogicalIds')],
    settings,
    interruption: properties['Interruption'] === 'allow' ? 'allow' : 'refuse',
  };
}

async function runningState(
  event: Event,
  around: ChannelStateSurroundings,
  work: ChannelWork<Channels>,
): Promise<Outcome> {
  const channelId = requiredString(event.ResourceProperties, 'ChannelId');
  const running = event.RequestType !== 'Delete' && event.ResourceProperties['Running'] === 'true';
  await run(channelId, running ? 'RUNNING' : 'IDLE', work);
  if (event.RequestType === 'Delete') return { physicalId: physicalId(event) };
  const attributes = await ingestAddresses(event, around, work);
  return attributes === undefined ? { physicalId: physicalId(event) } : { physicalId: physicalId(event), attributes };
}

/** Returns the ingest addresses of all push inputs as attributes; undefined where there is no push input. */
async function ingestAddresses(
  event: Event,
  around: ChannelStateSurroundings,
  { clock, deadline }: ChannelWork,
): Promise<Readonly<Record<string, string>> | undefined> {
  const { PushInputId: first, OtherPushInputIds: others, IngestAddresses: expected } = event.ResourceProperties;
  const pushed: (readonly [role: string, id: string])[] = Object.entries(others ?? {});
  if (first !== undefined) pushed.unshift(['', first]);
  if (pushed.length === 0) return undefined;
  const patiently = patience('MediaLive', clock, deadline);
  const found = pushed.map(async ([role, id]) => {
    const destinations = await patiently(() => around.ingestDestinations(id));
    return ingestAttributes(destinations.map(ingestUrl), role, Number(expected ?? 0));
  });
  return Object.assign({}, ...(await Promise.all(found)));
}

function physicalId(event: Event): string {
  return keptPhysicalId('channel-state', event);
}

/** Returns the settings as the channel's tag has them: one hash, also where the template could give only a list. */
function settingsHash(settings: unknown): string {
  if (typeof settings === 'string' && settings !== '') return settings;
  if (!Array.isArray(settings)) throw new Error('Settings: is missing; a string or a list of strings is needed');
  return createHash('sha256').update(JSON.stringify(settings)).digest('hex').slice(0, 16);
}
