import { isDeepStrictEqual } from 'node:util';
import type { Cloud, Properties, ResourceProvider, ResourceRequest, ResourceState } from '../../../contract';
import { sourceUrls } from '../contract/input-source';
import { screenName } from '../contract/means';
import { PushEndpoint, type PushPorts } from '../contract/push-endpoint';
import { ServiceError } from '../contract/service-error';
import { type AskedSource, type InputProperties, inputProperties } from '../template/input-properties';
import { Settings } from '../template/settings';
import type { Channel } from './channel';
import { checkClass } from './channel-checks';
import { type Input, stepInput } from './input';
import { askedPipelines, classOf, contribution, matched, settingsOf } from './input-editing';
import { securityGroupNotes, withoutEffectNotes } from './input-notes';
import type { InputSecurityGroup } from './input-security-groups';
import type { Registry } from './registry';
import { retagged } from './tags';
import { passing, TIMING } from './timing';
import { failIfAsked, type Unforgiving } from './unforgiving';

/** Surroundings of inputs in the cloud. */
export interface InputSurroundings {
  readonly cloud: Pick<Cloud, 'tell'>;
  readonly channels: Registry<Channel>;
  readonly groups: Registry<InputSecurityGroup>;
  readonly ports: PushPorts;
  readonly unforgiving: Unforgiving;
}

const PROTOCOLS = { RTMP_PUSH: 'rtmp', RTP_PUSH: 'rtp', UDP_PUSH: 'udp', SRT_LISTENER: 'srt' } as const;

/** `AWS::MediaLive::Input`. */
export class Inputs implements ResourceProvider {
  readonly replacedBy = ['Type', 'Vpc', 'RouterSettings', 'InputNetworkLocation'];

  constructor(
    private readonly inputs: Registry<Input>,
    private readonly around: InputSurroundings,
  ) {}

  async create({ properties: given, stackName }: ResourceRequest): Promise<ResourceState> {
    failIfAsked(this.around.unforgiving, 'CreateInput');
    const properties = inputProperties(given);
    const groups = this.groupsOf(properties.securityGroups);
    const id = this.inputs.newId();
    for (const group of groups) group.inputs.add(id);
    const endpoints = await this.open(properties.source).catch((error: unknown) => {
      for (const group of groups) group.inputs.delete(id);
      throw error;
    });
    const settings = settingsOf(properties, endpoints, stackName);
    const { tags } = properties;
    const input: Input = { id, arn: this.inputs.arn(id), settings, tags, state: 'CREATING', channel: undefined };
    this.inputs.add(id, input);
    this.tell(input, securityGroupNotes(groups));
    this.tell(input, withoutEffectNotes(settings.source, properties.isInVpc));
    await passing(TIMING.inputCreating);
    stepInput(input, 'created');
    return described(input);
  }

  async update(state: ResourceState, request: ResourceRequest, previous: Properties): Promise<ResourceState> {
    const input = this.inputs.get(state.physicalId);
    failIfAsked(this.around.unforgiving, 'UpdateInput');
    const properties = inputProperties(request.properties);
    const tags = retagged(input.tags, properties.tags, new Settings(previous).map('Tags'));
    if (!isDeepStrictEqual(contribution(request.properties), contribution(previous))) {
      await this.edit(input, properties, request.stackName);
    }
    const { name } = properties;
    input.settings = { ...input.settings, name, screenName: screenName(name, request.stackName) };
    input.tags = tags;
    return described(input);
  }

  async delete({ physicalId }: ResourceState): Promise<void> {
    if (this.inputs.find(physicalId) === undefined) return;
    failIfAsked(this.around.unforgiving, 'DeleteInput');
    await this.remove(physicalId);
  }

  /**
   * Deletes an input; resolves when it is gone.
   *
   * @throws ServiceError (ConflictException) while it is attached to a channel.
   */
  async remove(id: string): Promise<void> {
    const input = this.inputs.get(id);
    const { name, securityGroups, source } = input.settings;
    if (input.channel !== undefined) {
      const sentence = `Input ${name} (${id}) is attached to channel ${input.channel} and cannot be deleted`;
      throw new ServiceError('ConflictException', sentence);
    }
    if (input.state !== 'DELETING') stepInput(input, 'delete');
    await passing(TIMING.inputDeleting);
    if (input.state !== 'DELETING') return;
    stepInput(input, 'deleted');
    for (const group of securityGroups) this.around.groups.find(group)?.inputs.delete(id);
    if (source.kind === 'push') for (const endpoint of source.endpoints) endpoint.close();
    this.inputs.remove(id);
  }

  /** Changes the sources of an input, all at once or not at all. */
  private async edit(input: Input, properties: InputProperties, stackName: string): Promise<void> {
    this.checkEdit(input, properties);
    const { source, securityGroups } = input.settings;
    const old = source.kind === 'push' ? source.endpoints : [];
    const opened = await this.open(properties.source, old.length);
    try {
      this.checkEdit(input, properties);
    } catch (error) {
      for (const endpoint of opened) endpoint.close();
      throw error;
    }
    for (const id of securityGroups) this.around.groups.find(id)?.inputs.delete(input.id);
    for (const group of this.groupsOf(properties.securityGroups)) group.inputs.add(input.id);
    const names = properties.source.kind === 'push' ? properties.source.streamNames : [];
    input.settings = settingsOf(properties, matched(names, [...old, ...opened]), stackName);
    if (isDeepStrictEqual(securityGroups, properties.securityGroups)) return;
    this.tell(input, securityGroupNotes(this.groupsOf(properties.securityGroups)));
  }

  /**
   * Checks that an input may change. @throws ServiceError when its channel is not idle, or needs another class of
   * input.
   */
  private checkEdit({ id, channel: channelId, settings: { name } }: Input, properties: InputProperties): void {
    this.groupsOf(properties.securityGroups);
    const channel = channelId === undefined ? undefined : this.around.channels.find(channelId);
    if (channel === undefined) return;
    if (channel.state !== 'IDLE') {
      const sentence = `Cannot update input ${name} (${id}): its channel ${channel.id} is ${channel.state}, and must be IDLE`;
      throw new ServiceError('ConflictException', sentence);
    }
    checkClass(channel.properties, { name: properties.name, inputClass: classOf(askedPipelines(properties.source)) });
  }

  /** Takes a port for each pipeline of a push input, beyond the `have` that there are. */
  private async open(source: AskedSource, have = 0): Promise<readonly PushEndpoint[]> {
    if (source.kind !== 'push') return [];
    const endpoints: PushEndpoint[] = [];
    try {
      for (const name of source.streamNames.slice(have)) {
        endpoints.push(await PushEndpoint.open(this.around.ports, PROTOCOLS[source.type], name));
      }
    } catch (error) {
      for (const endpoint of endpoints) endpoint.close();
      throw error;
    }
    return endpoints;
  }

  private groupsOf(ids: readonly string[]): readonly InputSecurityGroup[] {
    return ids.map((id) => this.around.groups.get(id));
  }

  private tell({ settings: { screenName: name } }: Input, notes: readonly string[]): void {
    for (const note of notes) this.around.cloud.tell(`input ${name}`, note);
  }
}

function described({ id, arn, settings: { source } }: Input): ResourceState {
  return {
    physicalId: id,
    ref: id,
    attributes: {
      Arn: arn,
      Id: id,
      Destinations: source.kind === 'push' ? source.endpoints.map(({ url }) => url) : [],
      Sources: sourceUrls(source),
    },
  };
}
