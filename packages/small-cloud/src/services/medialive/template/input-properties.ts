import type { Properties } from '../../../contract';
import { type InputSource, type InputType, STAND_INS } from '../contract/input-source';
import { refused } from '../contract/service-error';
import { clip, device, flow, srtCaller, srtListener, streamName, webStream } from './input-sources';
import { Settings } from './settings';

type Of<Kind extends InputSource['kind']> = Extract<InputSource, { readonly kind: Kind }>;

/** Source that a template asks for: as {@link InputSource}, but a push has no ports yet. */
export type AskedSource =
  | Of<'file'>
  | Of<'pull'>
  | Of<'stand-in'>
  | (Omit<Of<'push'>, 'endpoints'> & {
      /** One for each pipeline; empty strings where publishers give no name. */
      readonly streamNames: readonly string[];
    });

/** An `AWS::MediaLive::Input`, read and checked. */
export interface InputProperties {
  readonly name: string;
  readonly source: AskedSource;
  /** Ids of input security groups. */
  readonly securityGroups: readonly string[];
  readonly isInVpc: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

const TYPES: readonly InputType[] = [
  ...(['MP4_FILE', 'TS_FILE', 'URL_PULL', 'RTMP_PULL', 'SRT_CALLER'] as const),
  ...(['RTMP_PUSH', 'RTP_PUSH', 'UDP_PUSH', 'SRT_LISTENER'] as const),
  ...(['MEDIACONNECT', 'INPUT_DEVICE', 'AWS_CDI'] as const),
];

/**
 * Reads the properties of an input.
 *
 * @throws UnsupportedError that names what the local run does not model.
 * @throws ServiceError for what the service would refuse.
 */
export function inputProperties(properties: Properties): InputProperties {
  const settings = new Settings(properties);
  const name = settings.name();
  const type = settings.choice('Type', TYPES);
  const tags = settings.map('Tags');
  settings.choice('InputNetworkLocation', ['AWS'], 'AWS');
  const source = sourceOf(type, settings);
  const securityGroups = settings.texts('InputSecurityGroups');
  const isInVpc = settings.has('Vpc');
  network(source, settings, { securityGroups, isInVpc });
  settings.finish();
  return { name, source, securityGroups, isInVpc, tags };
}

function sourceOf(type: InputType, settings: Settings): AskedSource {
  for (const [key, takers] of Object.entries(TAKEN_BY)) {
    if (settings.has(key) && !takers.includes(type)) throw refused(`${key}: an input of type ${type} takes none`);
  }
  switch (type) {
    case 'MP4_FILE':
    case 'TS_FILE':
      return { kind: 'file', type, clips: counted(settings, 'Sources', 1).map((each) => clip(type, each)) };
    case 'URL_PULL':
      return { kind: 'pull', type, streams: counted(settings, 'Sources', 1).map((each) => webStream('hls', each)) };
    case 'RTMP_PULL':
      return { kind: 'pull', type, streams: counted(settings, 'Sources', 1).map((each) => webStream('rtmp', each)) };
    case 'SRT_CALLER': {
      const callers = counted(settings.section('SrtSettings'), 'SrtCallerSources', 1);
      return { kind: 'pull', type, streams: callers.map(srtCaller) };
    }
    case 'RTMP_PUSH':
      return { kind: 'push', type, streamNames: counted(settings, 'Destinations', 1).map(streamName), srt: {} };
    case 'RTP_PUSH':
    case 'UDP_PUSH':
      return { kind: 'push', type, streamNames: unnamed(settings), srt: {} };
    case 'SRT_LISTENER':
      return { kind: 'push', type, streamNames: unnamed(settings), srt: srtListener(settings) };
    case 'MEDIACONNECT':
      return { kind: 'stand-in', type, names: counted(settings, 'MediaConnectFlows', 1).map(flow) };
    case 'INPUT_DEVICE':
      return { kind: 'stand-in', type, names: counted(settings, 'InputDevices', 1).map(device) };
    case 'AWS_CDI':
      return { kind: 'stand-in', type, names: [] };
  }
}

/**
 * Properties that only some types of input have, with those types. Unknown properties are left to {@link
 * Settings.finish}.
 */
const TAKEN_BY: Readonly<Record<string, readonly InputType[]>> = {
  Sources: ['MP4_FILE', 'TS_FILE', 'URL_PULL', 'RTMP_PULL'],
  Destinations: ['RTMP_PUSH', 'RTP_PUSH', 'UDP_PUSH', 'SRT_LISTENER'],
  InputSecurityGroups: ['RTMP_PUSH', 'RTP_PUSH', 'UDP_PUSH', 'SRT_LISTENER'],
  SrtSettings: ['SRT_CALLER', 'SRT_LISTENER'],
  MediaConnectFlows: ['MEDIACONNECT'],
  InputDevices: ['INPUT_DEVICE'],
};

/** Checks the network of an input. Publishers come through a security group or into a VPC; CDI is always in a VPC. */
function network(
  { kind, type }: AskedSource,
  settings: Settings,
  { securityGroups, isInVpc }: Pick<InputProperties, 'securityGroups' | 'isInVpc'>,
): void {
  if (isInVpc) {
    const vpc = settings.section('Vpc');
    exactly(vpc.at('SubnetIds'), vpc.texts('SubnetIds'), 2);
    vpc.texts('SecurityGroupIds');
  }
  if (type === 'AWS_CDI' && !isInVpc) throw refused('Vpc: none given; an input of type AWS_CDI is in one');
  if (kind === 'push') exactly('InputSecurityGroups', securityGroups, isInVpc ? 0 : 1);
  if (type in STAND_INS && type !== 'INPUT_DEVICE') settings.text('RoleArn');
  else if (isInVpc && settings.has('RoleArn')) settings.text('RoleArn');
}

/** Reads a list with an entry for each pipeline. */
function counted(settings: Settings, key: string, least: 0 | 1): readonly Settings[] {
  const list = settings.list(key);
  if (list.length < least || list.length > 2) throw refused(`${settings.at(key)}: ${list.length} given; 1 to 2 needed`);
  return list;
}

/** Counts the destinations of types whose publishers have no names: two, unless the template lists one. */
function unnamed(settings: Settings): readonly string[] {
  const { length } = counted(settings, 'Destinations', 0);
  return Array.from({ length: length === 0 ? 2 : length }, () => '');
}

function exactly(path: string, list: readonly unknown[], needed: number): void {
  if (list.length === needed) return;
  const rule = needed === 0 ? 'this input takes none' : `${needed} needed`;
  throw refused(`${path}: ${list.length} given; ${rule}`);
}
