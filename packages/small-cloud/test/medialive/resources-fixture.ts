import type { Properties, ResourceState } from '../../src/contract';
import { Processes } from '../../src/host/processes';
import { MediaLive } from '../../src/services/medialive/media-live';
import { FakeCloud, FakePackager } from './fakes';
import { channel, request } from './fixture';

export const ARN = 'arn:aws:medialive:eu-west-1:111122223333';
export const RTMP_PORT = 19_450;
export const DATAGRAM_PORT = 19_480;
export const CALLER: Properties = {
  SrtListenerAddress: '127.0.0.1',
  SrtListenerPort: '9000',
  MinimumLatency: 200,
  StreamId: 'a',
};
export const DECRYPTION: Properties = { Algorithm: 'AES128', PassphraseSecretArn: 'arn:secret' };
export const VPC: Properties = { SubnetIds: ['subnet-1', 'subnet-2'], SecurityGroupIds: ['sg-1'] };

/** The cloud and the service of the test that runs. */
export let cloud: FakeCloud;
export let service: MediaLive;
let processes: Processes;

/** Opens a service without ffmpeg, before each test. */
export function open(): void {
  cloud = new FakeCloud();
  processes = new Processes(cloud.folder);
  const ffmpeg = { path: '/nowhere/ffmpeg', version: '0', hevc: true, frameOption: '-fps_mode' as const };
  const objects = { file: () => undefined };
  const packager = new FakePackager();
  service = new MediaLive(cloud, {
    ffmpeg,
    processes,
    packager,
    objects,
    rtmpPort: RTMP_PORT,
    datagramPort: DATAGRAM_PORT,
  });
}

/** Closes it, after each test. */
export async function close(): Promise<void> {
  await service.stop();
  await processes.stop();
  cloud.remove();
}

export function create(type: string, properties: Properties): Promise<ResourceState> {
  return provider(type).create(request(`AWS::MediaLive::${type}`, properties));
}

export function remove(type: string, state: ResourceState): Promise<void> {
  return provider(type).delete(state, request(`AWS::MediaLive::${type}`, {}));
}

export function provider(type: string) {
  const found = service.resources[`AWS::MediaLive::${type}`];
  if (found === undefined) throw new Error(`there is no provider of ${type}`);
  return found;
}

export async function createChannel(input: Properties, overrides: Properties = {}): Promise<ResourceState> {
  const { physicalId } = await create('Input', input);
  return create('Channel', channel(physicalId, overrides));
}

export async function describeInput(id: string): Promise<unknown> {
  const asked = { method: 'GET', query: new URLSearchParams(), headers: {}, body: Buffer.alloc(0), roleArn: undefined };
  const answer = await service.api['medialive']?.({ ...asked, path: `/prod/inputs/${id}` });
  return JSON.parse(String(answer?.body));
}

/** As the API spells what CloudFormation begins with a capital. */
export function lowerCased(properties: Properties): Readonly<Record<string, unknown>> {
  return JSON.parse(
    JSON.stringify(properties).replaceAll(/"([A-Z])(\w*)":/g, (_, first: string, rest: string) => {
      return `"${first.toLowerCase()}${rest}":`;
    }),
  );
}

export function source(): Properties {
  return { Url: 's3ssl://media/clip.mp4' };
}

export function file(): Properties {
  return { Name: 'clip', Type: 'MP4_FILE', Sources: [source()] };
}

export function push(group: string, streams: readonly string[] = ['live/key']): Properties {
  const destinations = streams.map((name) => ({ StreamName: name }));
  return { Name: 'camera', Type: 'RTMP_PUSH', Destinations: destinations, InputSecurityGroups: [group] };
}

export async function pushed({ cidr = '127.0.0.1/32', streams = ['live/key'] } = {}): Promise<Properties> {
  const group = await create('InputSecurityGroup', { WhitelistRules: [{ Cidr: cidr }] });
  return push(group.physicalId, streams);
}
