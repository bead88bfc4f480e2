import { createHash } from 'node:crypto';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { Clock } from '../clock';
import type { CustomResourceHandler, Outcome } from '../custom-resource/respond';
import { type Patience, patience } from '../patience';
import type { Channels, OwnStack } from './channels';
import { type IngestDestination, ingestAttributes, ingestUrl } from './ingest-address';
import { patient, patientStack } from './patience';
import { quiesce } from './quiesce';
import { run } from './run';

/** What the handler works on. */
export interface ChannelStateSurroundings {
  readonly channels: Channels;
  readonly ownStack: (stackId: string) => OwnStack;
  readonly ingestDestinations: (inputId: string) => Promise<readonly IngestDestination[]>;
  readonly clock: Clock;
}

type Event = CloudFormationCustomResourceEvent;
type Properties = Event['ResourceProperties'];

/**
 * The two custom resources of a channel:
 *
 * - `Custom::Quiesce`, before the channel and its input: makes the channel idle when an update will change it. Its
 *   attribute `Settings` is the hash of the settings, which a template may give as a list of texts.
 * - `Custom::RunningState`, after them: the channel runs, or is idle, as `Running` says; deleted, it is idle.
 */
export function channelStateHandler(around: ChannelStateSurroundings): CustomResourceHandler {
  const { clock } = around;
  return {
    physicalId,
    async handle(event, deadline) {
      const channels = patient(around.channels, clock, deadline);
      if (event.ResourceType === 'Custom::Quiesce') {
        if (event.RequestType === 'Delete') return { physicalId: physicalId(event) };
        const settings = settingsOf(event.ResourceProperties['Settings']);
        if (event.RequestType === 'Update') {
          const request = {
            name: text(event.ResourceProperties, 'ChannelName'),
            logicalId: text(event.ResourceProperties, 'ChannelLogicalId'),
            previousLogicalId: text(event.OldResourceProperties, 'ChannelLogicalId'),
            inputLogicalIds: [
              text(event.ResourceProperties, 'InputLogicalId'),
              ...texts(event.ResourceProperties, 'OtherInputLogicalIds'),
            ],
            settings,
            interruption: event.ResourceProperties['Interruption'] === 'allow' ? 'allow' : 'refuse',
          } as const;
          await quiesce(
            request,
            patientStack(around.ownStack(event.StackId), clock, deadline),
            channels,
            clock,
            deadline,
          );
        }
        return { physicalId: physicalId(event), attributes: { Settings: settings } };
      }
      const channelId = text(event.ResourceProperties, 'ChannelId');
      const running = event.RequestType !== 'Delete' && event.ResourceProperties['Running'] === 'true';
      await run(channelId, running ? 'RUNNING' : 'IDLE', channels, clock, deadline);
      return { physicalId: physicalId(event), ...(await ingest(event, patience('MediaLive', clock, deadline))) };
    },
  };

  async function ingest(event: Event, patiently: Patience): Promise<Pick<Outcome, 'attributes'>> {
    if (event.RequestType === 'Delete') return {};
    const { PushInputId: first, OtherPushInputIds: others, IngestAddresses: expected } = event.ResourceProperties;
    const pushed: Readonly<Record<string, string>> = { ...(first === undefined ? {} : { '': first }), ...others };
    const found = Object.entries(pushed).map(async ([role, id]) => {
      const destinations = await patiently(() => around.ingestDestinations(id));
      return ingestAttributes(destinations.map(ingestUrl), role, Number(expected ?? 0));
    });
    return found.length === 0 ? {} : { attributes: Object.assign({}, ...(await Promise.all(found))) };
  }
}

/** Made from the logical id alone, and kept: a new id would be a replacement, and its clean-up a delete. */
function physicalId(event: Event): string {
  return event.RequestType === 'Create' ? `channel-state-${event.LogicalResourceId}` : event.PhysicalResourceId;
}

function texts(properties: Properties, name: string): readonly string[] {
  const value: unknown = properties[name] ?? [];
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
  throw new Error(`The property ${name} is no list of texts`);
}

/** The settings as the channel's tag has them: a hash, made here of what the template could not make one of. */
function settingsOf(settings: unknown): string {
  if (typeof settings === 'string' && settings !== '') return settings;
  if (!Array.isArray(settings)) throw new Error('The property Settings is missing');
  return createHash('sha256').update(JSON.stringify(settings)).digest('hex').slice(0, 16);
}

function text(properties: Properties, name: string): string {
  const value: unknown = properties[name];
  if (typeof value !== 'string' || value === '') throw new Error(`The property ${name} is missing`);
  return value;
}
