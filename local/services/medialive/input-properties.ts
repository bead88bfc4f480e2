import { type Properties, UnsupportedError } from '../../cloud';
import type { Clip } from './input';
import { ServiceError } from './service-error';
import { Settings } from './settings';
import type { Tags } from './tags';

/** An `AWS::MediaLive::Input`, read and checked. */
export interface InputProperties {
  readonly name: string;
  readonly type: 'MP4_FILE' | 'RTMP_PUSH';
  readonly clips: readonly Clip[];
  readonly streamNames: readonly string[];
  /** Ids of input security groups. */
  readonly securityGroups: readonly string[];
  readonly tags: Tags;
}

/**
 * Reads the properties of an input.
 *
 * @throws UnsupportedError that names what the local run does not model.
 * @throws ServiceError for what the service would refuse.
 */
export function inputProperties(properties: Properties): InputProperties {
  const settings = new Settings(properties);
  const name = settings.name();
  const type = settings.choice('Type', ['MP4_FILE', 'RTMP_PUSH']);
  const tags = settings.map('Tags');
  const clips = settings.list('Sources').map((source) => clip(source.text('Url'), source.at('Url')));
  const streamNames = settings.list('Destinations').map((entry) => streamName(entry));
  const securityGroups = settings.texts('InputSecurityGroups');
  settings.finish();
  if (type === 'MP4_FILE') count('Sources', clips, 1, 2);
  else count('Destinations', streamNames, 1, 2);
  count(type === 'MP4_FILE' ? 'Destinations' : 'Sources', type === 'MP4_FILE' ? streamNames : clips, 0, 0);
  count('InputSecurityGroups', securityGroups, type === 'MP4_FILE' ? 0 : 1, type === 'MP4_FILE' ? 0 : 1);
  return { name, type, clips, streamNames, securityGroups, tags };
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
