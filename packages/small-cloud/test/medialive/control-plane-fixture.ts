import { jest } from '@jest/globals';
import type { Properties, ResourceProvider, ResourceState } from '../../src/contract';
import type { Unforgiving } from '../../src/services/medialive/control/unforgiving';
import { ControlPlane } from '../../src/services/medialive/control-plane';
import { FakeDataPlane } from './fake-data-plane';
import { FakeCloud, FakePackager } from './fakes';
import { channel, request } from './fixture';

export type Kind = 'Channel' | 'Input' | 'InputSecurityGroup';

/** The real control plane over a data plane without processes. For fake timers only. */
export class Trial {
  readonly cloud = new FakeCloud();
  readonly dataPlane = new FakeDataPlane();
  readonly packager = new FakePackager();
  readonly plane: ControlPlane;

  constructor(unforgiving: Unforgiving = {}) {
    this.plane = new ControlPlane(this.cloud, {
      dataPlane: this.dataPlane,
      packager: this.packager,
      buckets: { bucket: (name) => (name === 'media' ? { arn: 'arn:aws:s3:::media', url: 'http://s3/' } : undefined) },
      unforgiving,
    });
  }

  provider(kind: Kind): ResourceProvider {
    const found = this.plane.resources[`AWS::MediaLive::${kind}`];
    if (found === undefined) throw new Error(`there is no provider of ${kind}`);
    return found;
  }

  create(kind: Kind, properties: Properties): Promise<ResourceState> {
    return settled(this.provider(kind).create(request(`AWS::MediaLive::${kind}`, properties)));
  }

  update(kind: Kind, id: string, properties: Properties, previous: Properties): Promise<ResourceState> {
    const work = this.provider(kind).update?.(stateOf(id), request(`AWS::MediaLive::${kind}`, properties), previous);
    if (work === undefined) throw new Error(`${kind} cannot be updated`);
    return settled(work);
  }

  remove(kind: Kind, id: string): Promise<void> {
    return settled(this.provider(kind).delete(stateOf(id), request(`AWS::MediaLive::${kind}`, {})));
  }

  /** A channel with a file, IDLE. */
  async fileChannel(overrides: Properties = {}): Promise<string> {
    const { physicalId } = await this.create('Input', FILE);
    return (await this.create('Channel', channel(physicalId, overrides))).physicalId;
  }

  /** A channel of class STANDARD with a file for each pipeline, IDLE. */
  async standardChannel(): Promise<string> {
    const { physicalId } = await this.create('Input', { ...FILE, Sources: [FILE.Sources[0], FILE.Sources[0]] });
    return (await this.create('Channel', channel(physicalId, { ChannelClass: 'STANDARD' }))).physicalId;
  }

  /** An RTMP push input with its security group. */
  async push(...streams: readonly string[]): Promise<{ readonly id: string; readonly properties: Properties }> {
    const group = await this.create('InputSecurityGroup', { WhitelistRules: [{ Cidr: '127.0.0.1/32' }] });
    const properties = pushed(group.physicalId, streams);
    return { id: (await this.create('Input', properties)).physicalId, properties };
  }

  /** Asks the API; the answer's body with its status and its error's name. */
  async call(method: string, path: string, body?: unknown): Promise<Readonly<Record<string, unknown>>> {
    const url = new URL(`http://medialive${path}`);
    const answer = await this.plane.api({
      method,
      path: url.pathname,
      query: url.searchParams,
      headers: {},
      body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
      roleArn: undefined,
    });
    const error = answer.headers?.['x-amzn-errortype'];
    return { ...JSON.parse(String(answer.body ?? '{}')), status: answer.status, ...(error ? { error } : {}) };
  }

  async state(id: string): Promise<unknown> {
    return (await this.call('GET', `/prod/channels/${id}`))['state'];
  }

  /** Starts a channel and waits until it is RUNNING. */
  async start(id: string): Promise<void> {
    await this.call('POST', `/prod/channels/${id}/start`);
    await passed(1000);
  }

  /** Stops a channel and waits until it is IDLE. */
  async stop(id: string): Promise<void> {
    await this.call('POST', `/prod/channels/${id}/stop`);
    await passed(1000);
  }

  /** One value of the details of all events of a type so far, in their order. */
  told(detailType: string, key: string): readonly unknown[] {
    return this.cloud.put.filter((event) => event.detailType === detailType).map(({ detail }) => detail[key]);
  }
}

export const FILE = { Name: 'clip', Type: 'MP4_FILE', Sources: [{ Url: 's3ssl://media/clip.mp4' }] } as const;

export function pushed(group: string, streams: readonly string[]): Properties {
  const Destinations = streams.map((StreamName) => ({ StreamName }));
  return { Name: 'camera', Type: 'RTMP_PUSH', Destinations, InputSecurityGroups: [group] };
}

/** Lets time pass. */
export async function passed(milliseconds: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(milliseconds);
}

/** Lets time pass until some work is over, one way or the other. */
export async function settled<T>(work: Promise<T>): Promise<T> {
  work.catch(() => {});
  await passed(1000);
  return work;
}

function stateOf(id: string): ResourceState {
  return { physicalId: id, ref: id, attributes: {} };
}
