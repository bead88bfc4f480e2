import { isIPv4 } from 'node:net';
import type { Properties, ResourceProvider, ResourceRequest, ResourceState } from '../../../contract';
import { refused, ServiceError } from '../contract/service-error';
import { Settings } from '../template/settings';
import type { Registry } from './registry';
import { retagged, type Tags } from './tags';
import { passing, TIMING } from './timing';
import { failIfAsked, type Unforgiving } from './unforgiving';

/** An input security group: the addresses that may publish. */
export interface InputSecurityGroup {
  readonly id: string;
  readonly arn: string;
  cidrs: readonly string[];
  tags: Tags;
  /** Ids of the inputs that use it. */
  readonly inputs: Set<string>;
  /** Work on the group that is under way. */
  work: 'UPDATING' | 'DELETED' | undefined;
}

/** Returns the state of a group: IDLE, IN_USE by inputs, UPDATING, DELETED. */
export function groupState({ work, inputs }: Pick<InputSecurityGroup, 'work' | 'inputs'>): string {
  return work ?? (inputs.size > 0 ? 'IN_USE' : 'IDLE');
}

const MOST_RULES = 10;

/** `AWS::MediaLive::InputSecurityGroup`. */
export class InputSecurityGroups implements ResourceProvider {
  readonly replacedBy = [];

  constructor(
    private readonly groups: Registry<InputSecurityGroup>,
    private readonly unforgiving: Unforgiving,
  ) {}

  async create({ properties }: ResourceRequest): Promise<ResourceState> {
    failIfAsked(this.unforgiving, 'CreateInputSecurityGroup');
    const { cidrs, tags } = read(properties);
    const id = this.groups.newId();
    const group = { id, arn: this.groups.arn(id), cidrs, tags, inputs: new Set<string>(), work: undefined };
    this.groups.add(id, group);
    return described(group);
  }

  /** Applies at once, even to inputs of running channels. */
  async update(state: ResourceState, { properties }: ResourceRequest, previous: Properties): Promise<ResourceState> {
    const group = this.groups.get(state.physicalId);
    failIfAsked(this.unforgiving, 'UpdateInputSecurityGroup');
    const { cidrs, tags } = read(properties);
    await this.edit(group, cidrs, retagged(group.tags, tags, read(previous).tags));
    return described(group);
  }

  async delete({ physicalId }: ResourceState): Promise<void> {
    if (this.groups.find(physicalId) === undefined) return;
    failIfAsked(this.unforgiving, 'DeleteInputSecurityGroup');
    this.remove(physicalId);
  }

  /**
   * Changes the addresses that may publish; resolves when the group is not UPDATING any more.
   *
   * @throws ServiceError (UnprocessableEntityException) for wrong CIDR blocks, (ConflictException) while it is
   * UPDATING.
   */
  async edit(group: InputSecurityGroup, cidrs: readonly string[], tags: Tags): Promise<void> {
    checkCidrs(cidrs);
    if (group.work !== undefined) {
      throw new ServiceError('ConflictException', `Input security group ${group.id} is ${group.work}`);
    }
    Object.assign(group, { cidrs, tags, work: 'UPDATING' });
    await passing(TIMING.groupUpdating);
    if (group.work === 'UPDATING') group.work = undefined;
  }

  /** Deletes a group. @throws ServiceError (BadRequestException) while inputs use it. */
  remove(id: string): void {
    const group = this.groups.get(id);
    if (group.inputs.size > 0) {
      throw new ServiceError(
        'BadRequestException',
        `Input security group ${id} is still being used by inputs ${[...group.inputs].join(', ')}`,
      );
    }
    group.work = 'DELETED';
    this.groups.remove(id);
  }
}

/** Tells whether a string is an IPv4 CIDR block: four octets and a prefix of 0 to 32 bits. */
export function isIpv4Cidr(text: string): boolean {
  const [address = '', prefix = '', ...more] = text.split('/');
  return isIPv4(address) && /^(\d|[12]\d|3[0-2])$/.test(prefix) && more.length === 0;
}

function read(properties: Properties): Pick<InputSecurityGroup, 'cidrs' | 'tags'> {
  const settings = new Settings(properties);
  const cidrs = settings.list('WhitelistRules').map((rule) => rule.text('Cidr'));
  const tags = settings.map('Tags');
  settings.finish();
  checkCidrs(cidrs);
  return { cidrs, tags };
}

function checkCidrs(cidrs: readonly string[]): void {
  if (cidrs.length === 0 || cidrs.length > MOST_RULES) {
    throw refused(`WhitelistRules: ${cidrs.length} given; 1 to ${MOST_RULES} are needed`);
  }
  const wrong = cidrs.find((cidr) => !isIpv4Cidr(cidr));
  if (wrong !== undefined) throw refused(`WhitelistRules: ${wrong} is not an IPv4 CIDR block such as 203.0.113.7/32`);
}

function described({ id, arn }: InputSecurityGroup): ResourceState {
  return { physicalId: id, ref: id, attributes: { Arn: arn, Id: id } };
}
