import {
  type Cloud,
  type ResourceProvider,
  type ResourceRequest,
  type ResourceState,
  UnsupportedError,
} from '../../cloud';
import type { InputSecurityGroup } from './input-security-groups';
import { screenName } from './means';
import type { Registry } from './registry';
import { RtmpEndpoint, type RtmpPorts } from './rtmp-endpoint';
import { ServiceError } from './service-error';
import { Settings } from './settings';

/** An object in S3. */
export interface Clip {
  readonly url: string;
  readonly bucket: string;
  readonly key: string;
}

/** Where an input gets its pictures, one entry for each pipeline: one, or two. */
export type InputSource =
  | { readonly type: 'MP4_FILE'; readonly clips: readonly Clip[] }
  | { readonly type: 'RTMP_PUSH'; readonly endpoints: readonly RtmpEndpoint[] };

/** An input and the channel that it is attached to. */
export interface Input {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  /** Its name on the screen. */
  readonly screenName: string;
  /** STANDARD with two sources or destinations, SINGLE_PIPELINE with one. */
  readonly inputClass: 'STANDARD' | 'SINGLE_PIPELINE';
  readonly source: InputSource;
  readonly securityGroups: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Id of the channel, undefined while detached. */
  channel: string | undefined;
}

const LOOPBACK = /^(127\.|0\.0\.0\.0\/0$)/;

/** `AWS::MediaLive::Input`. */
export class Inputs implements ResourceProvider {
  constructor(
    private readonly cloud: Pick<Cloud, 'tell'>,
    private readonly inputs: Registry<Input>,
    private readonly groups: Registry<InputSecurityGroup>,
    private readonly ports: RtmpPorts,
  ) {}

  async create({ properties, stackName }: ResourceRequest): Promise<ResourceState> {
    const settings = new Settings(properties);
    const name = settings.name();
    const type = settings.choice('Type', ['MP4_FILE', 'RTMP_PUSH']);
    const tags = settings.map('Tags');
    const clips = settings.list('Sources').map((source) => clip(source.text('Url'), source.at('Url')));
    const streamNames = settings.list('Destinations').map((entry) => streamName(entry));
    const securityGroups = settings.texts('InputSecurityGroups').map((id) => this.groups.get(id));
    settings.finish();
    if (type === 'MP4_FILE') count('Sources', clips, 1, 2);
    else count('Destinations', streamNames, 1, 2);
    count(type === 'MP4_FILE' ? 'Destinations' : 'Sources', type === 'MP4_FILE' ? streamNames : clips, 0, 0);
    count('InputSecurityGroups', securityGroups, type === 'MP4_FILE' ? 0 : 1, type === 'MP4_FILE' ? 0 : 1);

    const id = this.inputs.newId();
    const endpoints: RtmpEndpoint[] = [];
    for (const each of streamNames) endpoints.push(await RtmpEndpoint.open(this.ports, each));
    const input: Input = {
      id,
      arn: this.inputs.arn(id),
      name,
      screenName: screenName(name, stackName),
      inputClass: clips.length + endpoints.length === 2 ? 'STANDARD' : 'SINGLE_PIPELINE',
      source: type === 'MP4_FILE' ? { type, clips } : { type, endpoints },
      securityGroups: securityGroups.map((group) => group.id),
      tags,
      channel: undefined,
    };
    this.inputs.add(id, input);
    for (const group of securityGroups) {
      group.inputs.add(id);
      if (group.cidrs.some((cidr) => LOOPBACK.test(cidr))) continue;
      const allowed = group.cidrs.join(', ');
      this.cloud.tell(
        `input ${input.screenName}`,
        `publishers on this machine are let in here; in AWS only ${allowed} is`,
      );
    }
    return {
      physicalId: id,
      ref: id,
      attributes: {
        Arn: input.arn,
        Id: id,
        Destinations: endpoints.map(({ url }) => url),
        Sources: clips.map(({ url }) => url),
      },
    };
  }

  async delete({ physicalId }: ResourceState): Promise<void> {
    const input = this.inputs.find(physicalId);
    if (input === undefined) return;
    if (input.channel !== undefined) {
      throw new ServiceError(
        'ConflictException',
        `Input ${input.name} (${physicalId}) is attached to channel ${input.channel} and cannot be deleted`,
      );
    }
    for (const group of input.securityGroups) this.groups.find(group)?.inputs.delete(physicalId);
    if (input.source.type === 'RTMP_PUSH') for (const endpoint of input.source.endpoints) endpoint.close();
    this.inputs.remove(physicalId);
  }
}

function clip(url: string, path: string): Clip {
  const match = /^s3(?:ssl)?:\/\/([^/]+)\/(.+)$/.exec(url);
  if (match?.[1] !== undefined && match[2] !== undefined) return { url, bucket: match[1], key: match[2] };
  throw new UnsupportedError(`${path}: ${url} is not modelled by the local run; it reads s3ssl://bucket/key`);
}

function streamName(destination: Settings): string {
  const name = destination.text('StreamName');
  if (/^[^/\s]+\/[^/\s]+$/.test(name)) return name;
  throw refused(`${destination.at('StreamName')}: "${name}" was given; application/instance is needed`);
}

function count(key: string, list: readonly unknown[], least: number, most: number): void {
  if (list.length >= least && list.length <= most) return;
  const needed =
    most === 0 ? 'this type of input takes none' : `${least === most ? most : `${least} to ${most}`} needed`;
  throw refused(`${key}: ${list.length} given; ${needed}`);
}

function refused(sentence: string): ServiceError {
  return new ServiceError('UnprocessableEntityException', sentence);
}
