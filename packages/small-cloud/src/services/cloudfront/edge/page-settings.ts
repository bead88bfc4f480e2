import { Readable } from 'node:stream';
import type { Names } from '../../../contract';
import type { ViewerRequest } from '../messages';
import type { Answer } from './edge-object';
import { withLocalHosts } from './page-hosts';

/** Longest file that is rewritten, in bytes. Settings of a page are far shorter. */
const LONGEST = 1_000_000;

/**
 * Rewrites the settings that a page reads (`config.json`): addresses of hosts that are for web pages become paths of the
 * edge, which passes them on. Only JSON files of an origin that declares their length are read, before they are compressed; AWS changes nothing.
 */
export async function localSettings(
  answer: Answer,
  { method, path }: Pick<ViewerRequest, 'method' | 'path'>,
  names: Pick<Names, 'pageFacing'>,
): Promise<Answer> {
  const { status, headers, body } = answer;
  const isSettings = method === 'GET' && status === 200 && path.endsWith('.json');
  const isPlain = headers['content-encoding'] === undefined && Number(headers['content-length']) <= LONGEST;
  if (!isSettings || !isPlain || !/^application\/json\b/i.test(headers['content-type'] ?? '')) return answer;
  const parts: Buffer[] = [];
  for await (const part of Buffer.isBuffer(body) ? [body] : body) parts.push(part);
  const text = Buffer.from(withLocalHosts(Buffer.concat(parts).toString('utf8'), names));
  const changed = { ...headers, 'content-length': String(text.length) };
  return { status, headers: changed, body: Readable.from([text], { objectMode: false }) };
}
