import { isIPv4 } from 'node:net';
import type { ResourceProvider, ResourceRequest, ResourceState } from '../../cloud';
import type { Registry } from './registry';
import { ServiceError } from './service-error';
import { Settings } from './settings';

/** An input security group: who may publish. */
export interface InputSecurityGroup {
  readonly id: string;
  readonly arn: string;
  readonly cidrs: readonly string[];
  /** Ids of the inputs that use it. */
  readonly inputs: Set<string>;
}

const MOST_RULES = 10;

/** `AWS::MediaLive::InputSecurityGroup`. */
export class InputSecurityGroups implements ResourceProvider {
  constructor(private readonly groups: Registry<InputSecurityGroup>) {}

  async create({ properties }: ResourceRequest): Promise<ResourceState> {
    const settings = new Settings(properties);
    const cidrs = settings.list('WhitelistRules').map((rule) => rule.text('Cidr'));
    settings.map('Tags');
    settings.finish();
    if (cidrs.length === 0 || cidrs.length > MOST_RULES) {
      throw refused(`WhitelistRules: ${cidrs.length} given; 1 to ${MOST_RULES} are needed`);
    }
    const wrong = cidrs.find((cidr) => !isIpv4Cidr(cidr));
    if (wrong !== undefined) throw refused(`WhitelistRules: ${wrong} is no IPv4 CIDR block such as 203.0.113.7/32`);
    const id = this.groups.newId();
    const arn = this.groups.arn(id);
    this.groups.add(id, { id, arn, cidrs, inputs: new Set() });
    return { physicalId: id, ref: id, attributes: { Arn: arn, Id: id } };
  }

  async delete({ physicalId }: ResourceState): Promise<void> {
    const group = this.groups.find(physicalId);
    if (group === undefined) return;
    if (group.inputs.size > 0) {
      throw new ServiceError(
        'ConflictException',
        `Input security group ${physicalId} is still being used by inputs ${[...group.inputs].join(', ')}`,
      );
    }
    this.groups.remove(physicalId);
  }
}

/** Whether a text is an IPv4 CIDR block: four octets and a prefix of 0 to 32 bits. */
export function isIpv4Cidr(text: string): boolean {
  const [address = '', prefix = '', ...more] = text.split('/');
  return isIPv4(address) && /^(\d|[12]\d|3[0-2])$/.test(prefix) && more.length === 0;
}

function refused(sentence: string): ServiceError {
  return new ServiceError('UnprocessableEntityException', sentence);
}
