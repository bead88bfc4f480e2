import {
  type CloudFrontKeyValueStoreClient,
  DescribeKeyValueStoreCommand,
  paginateListKeys,
  UpdateKeysCommand,
} from '@aws-sdk/client-cloudfront-keyvaluestore';
import { statusOf } from '../answer';
import type { Clock } from '../clock';
// The client signs with SigV4A, and finds this implementation by its import.
import '@aws-sdk/signature-v4a';

/** Entries of the key value store: values by their keys; undefined removes an entry. */
export type Entries = Readonly<Record<string, string | undefined>>;

/** The key value store that the gate at the edge reads. */
export interface EdgeStore {
  /** Writes and removes entries. Several calls may run at the same time. */
  put(entries: Entries): Promise<void>;
  /**
   * Writes at most 50 entries that come from other stores.
   *
   * @param read - reads them. It is called after the version of this store was read, and again when another writer was
   *   faster. So the last writer has seen what every other one had written elsewhere before.
   */
  update(read: () => Promise<Entries>): Promise<void>;
  /** Reads all entries. */
  all(): Promise<Readonly<Record<string, string>>>;
}

/** Most entries of one call. */
const MOST = 50;
const ATTEMPTS = 8;

/**
 * Makes the store of the edge. Its version is of the whole store, so writers disturb one another; a call whose version is
 * old is repeated after a random pause.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/kvs-with-functions-kvp.html
 */
export function edgeStore(
  client: CloudFrontKeyValueStoreClient,
  arn: string,
  { sleep }: Pick<Clock, 'sleep'>,
): EdgeStore {
  const update = async (read: () => Promise<Entries>): Promise<void> => {
    for (let attempt = 1; ; attempt += 1) {
      const { ETag } = await client.send(new DescribeKeyValueStoreCommand({ KvsARN: arn }));
      const entries = Object.entries(await read());
      try {
        await client.send(
          new UpdateKeysCommand({
            KvsARN: arn,
            IfMatch: ETag,
            Puts: entries.flatMap(([Key, Value]) => (Value === undefined ? [] : [{ Key, Value }])),
            Deletes: entries.flatMap(([Key, Value]) => (Value === undefined ? [{ Key }] : [])),
          }),
        );
        return;
      } catch (error) {
        // Which status an old version has is not written down: 409 by its description, perhaps 400.
        const isOld = [400, 409].includes(statusOf(error) ?? 0);
        if (!isOld || attempt === ATTEMPTS) throw error;
        await sleep(100 + Math.random() * 200 * attempt);
      }
    }
  };
  return {
    update,
    async all() {
      const found: Record<string, string> = {};
      for await (const { Items = [] } of paginateListKeys({ client, pageSize: MOST }, { KvsARN: arn })) {
        for (const { Key = '', Value = '' } of Items) found[Key] = Value;
      }
      return found;
    },
    async put(entries) {
      const all = Object.entries(entries);
      for (let from = 0; from < all.length; from += MOST) {
        const part = Object.fromEntries(all.slice(from, from + MOST));
        await update(async () => part);
      }
    },
  };
}

/** Returns entries that make the edge refuse sessions, and may be removed after a time, in seconds since 1970. */
export function revocations(sids: readonly string[], until: number): Entries {
  return Object.fromEntries(sids.map((sid) => [`${REVOKED}${sid}`, String(until)]));
}

/** Beginning of the keys of revoked sessions. */
export const REVOKED = 'r.';
/** Key of the settings of the gate. */
export const SETTINGS = 'cfg';
