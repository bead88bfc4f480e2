import { notModelled } from '../../kit/not-modelled';
import type { Place } from './job-plan';
import type { SettingsReader } from './settings-reader';

/**
 * Reads an `s3://bucket/key`.
 *
 * @throws AwsError (BadRequestException) for any other text, UnsupportedError for HTTP and for format identifiers.
 */
export function placeOf(settings: SettingsReader, key: string): Place {
  const url = settings.text(key);
  if (/^https?:/.test(url)) throw notModelled(settings.at(key), { given: url, advice: 'Give an s3:// URL' });
  // Format identifiers such as $dt$ put the time of the job into a name.
  if (/\$[a-z]+\$/i.test(url)) throw notModelled(settings.at(key), { given: url, advice: 'Give a name without $…$' });
  const [, bucket, path] = /^s3:\/\/([^/]+)\/(.*)$/.exec(url) ?? [];
  if (bucket === undefined || path === undefined) throw settings.refused(key, `"${url}" is not an s3:// URL`);
  return { bucket, key: path };
}
