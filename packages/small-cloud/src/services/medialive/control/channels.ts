import { isDeepStrictEqual } from 'node:util';
import type { Cloud, Properties, ResourceProvider, ResourceRequest, ResourceState } from '../../../contract';
import { screenName } from '../contract/means';
import { type ChannelProperties, channelProperties, inputIds } from '../template/channel-properties';
import { Settings } from '../template/settings';
import { Alerts } from './alerts';
import { type Channel, requireState } from './channel';
import { checkInput, checkPair, checkPlaylists, checkRole, type Takers, taker } from './channel-checks';
import { isSettled } from './channel-state';
import { attachInput, detachInput, type Input } from './input';
import type { Lifecycle } from './lifecycle';
import type { Registry } from './registry';
import { retagged } from './tags';
import { passing, TIMING } from './timing';
import { failIfAsked, type Unforgiving } from './unforgiving';

/** Surroundings of channels in the cloud. */
export interface ChannelSurroundings {
  readonly cloud: Cloud;
  readonly takers: Takers;
  readonly lifecycle: Lifecycle;
  readonly unforgiving: Unforgiving;
}

/** `AWS::MediaLive::Channel`. */
export class Channels implements ResourceProvider {
  readonly replacedBy = ['Vpc'];

  constructor(
    private readonly channels: Registry<Channel>,
    private readonly inputs: Registry<Input>,
    private readonly around: ChannelSurroundings,
  ) {}

  async create(request: ResourceRequest): Promise<ResourceState> {
    const { cloud, lifecycle, unforgiving } = this.around;
    failIfAsked(unforgiving, 'CreateChannel');
    const properties = channelProperties(request.properties);
    const id = this.channels.newId();
    const arn = this.channels.arn(id);
    this.check(properties, { id: undefined, arn });
    const channel: Channel = {
      id,
      arn,
      properties,
      alerts: new Alerts(cloud, arn),
      screenName: screenName(properties.name, request.stackName),
      tags: properties.tags,
      state: 'CREATING',
      lost: new Set(),
      receiving: new Set(),
      inStep: false,
      schedule: [],
      run: undefined,
      watch: undefined,
      deletion: undefined,
    };
    this.tellWithoutEffect(channel);
    for (const input of inputIds(properties)) attachInput(this.inputs.get(input), id);
    this.channels.add(id, channel);
    await passing(TIMING.channelCreating);
    const failure = unforgiving.settle?.('create');
    if (failure === undefined) {
      lifecycle.step(channel, 'created');
      return described(channel);
    }
    lifecycle.step(channel, 'create-failed');
    // CloudFormation keeps no resource that it could not create.
    await lifecycle.delete(channel);
    throw new Error(`channel ${properties.name} (${id}) is CREATE_FAILED: ${failure}`);
  }

  async update(state: ResourceState, request: ResourceRequest, previous: Properties): Promise<ResourceState> {
    const channel = this.channels.get(state.physicalId);
    failIfAsked(this.around.unforgiving, 'UpdateChannel');
    const tags = retagged(channel.tags, tagsOf(request.properties), tagsOf(previous));
    if (isDeepStrictEqual(withoutTagsProperty(request.properties), withoutTagsProperty(previous))) {
      if (!isSettled(channel.state)) requireState(channel, 'update');
      channel.tags = tags;
      return described(channel);
    }
    requireState(channel, 'update');
    const properties = channelProperties(request.properties);
    this.check(properties, channel);
    await this.apply(channel, properties);
    channel.screenName = screenName(properties.name, request.stackName);
    channel.tags = tags;
    this.tellWithoutEffect(channel);
    return described(channel);
  }

  async delete({ physicalId }: ResourceState): Promise<void> {
    const channel = this.channels.find(physicalId);
    if (channel === undefined) return;
    failIfAsked(this.around.unforgiving, 'DeleteChannel');
    await (channel.deletion ?? this.around.lifecycle.delete(channel));
  }

  /** Changes a channel by way of UPDATING. A channel that cannot be changed stays as it was. */
  private async apply(channel: Channel, properties: ChannelProperties): Promise<void> {
    const { lifecycle, unforgiving } = this.around;
    const [before, after] = [inputIds(channel.properties), inputIds(properties)];
    const added = after.filter((id) => !before.includes(id)).map((id) => this.inputs.get(id));
    const removed = before.filter((id) => !after.includes(id)).flatMap((id) => this.inputs.find(id) ?? []);
    lifecycle.step(channel, 'update');
    for (const input of added) attachInput(input, channel.id);
    await passing(TIMING.channelUpdating);
    const failure = unforgiving.settle?.('update');
    if (failure !== undefined) {
      for (const input of added) detachInput(input);
      lifecycle.step(channel, 'update-failed');
      throw new Error(`channel ${channel.properties.name} (${channel.id}) is UPDATE_FAILED: ${failure}`);
    }
    for (const input of removed) if (input.channel === channel.id) detachInput(input);
    channel.properties = properties;
    lifecycle.step(channel, 'updated');
  }

  /** Checks a channel that is created or updated. @throws ServiceError for anything that the service refuses. */
  private check(properties: ChannelProperties, { id, arn }: { readonly id: string | undefined; readonly arn: string }) {
    const { cloud, takers } = this.around;
    const inputs = inputIds(properties).map((input) => this.inputs.get(input));
    for (const input of inputs) checkInput(properties, input, id);
    if (properties.failoverInput !== undefined) checkPair(inputs);
    checkPlaylists(properties, inputs);
    const { needs } = taker(takers, properties.destination);
    checkRole(cloud, properties, { channelArn: arn, needs, inputs });
  }

  private tellWithoutEffect({ properties, screenName: name }: Channel): void {
    const { withoutEffect } = properties;
    if (withoutEffect.length === 0) return;
    this.around.cloud.tell(`encoder ${name}`, `no effect in the local run: ${withoutEffect.join(', ')}`);
    if (!withoutEffect.some((path) => path.includes('FailoverConditionSettings'))) return;
    const line = 'the local run takes the other input when the one on air is lost, not when it is black or silent';
    this.around.cloud.tell(`encoder ${name}`, line);
  }
}

function described({ id, arn, properties }: Channel): ResourceState {
  return { physicalId: id, ref: id, attributes: { Arn: arn, Id: id, Inputs: inputIds(properties) } };
}

function tagsOf(properties: Properties): Readonly<Record<string, string>> {
  return new Settings(properties).map('Tags');
}

function withoutTagsProperty({ Tags: _, ...rest }: Properties): Properties {
  return rest;
}
