import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { BatchUpdateScheduleCommand, MediaLiveClient } from '@aws-sdk/client-medialive';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  type PutObjectCommandInput,
  paginateListObjectsV2,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { clientSettings, type Place } from './aws-service';

/** A break to announce. */
export interface AnnouncedBreak {
  readonly channelId: string;
  /** Name of the action, and id of the splice event. */
  readonly actionName: string;
  readonly eventId: number;
  readonly seconds: number;
  /** Milliseconds since 1970; undefined for at once. */
  readonly startsAt: number | undefined;
}

/** An object to write: a text, or a file of this machine. */
export interface WrittenObject {
  readonly bucket: string;
  readonly key: string;
  readonly contentType: string;
  readonly cacheControl: string;
  readonly content: { readonly text: string } | { readonly file: string };
}

/** A file of this machine, its size in bytes, and its place in a bucket. */
export interface UploadedFile {
  readonly bucket: string;
  readonly key: string;
  readonly file: string;
  readonly size: number;
}

/** A text of a bucket. */
export interface StoredText {
  readonly text: string;
  /** Entity tag of the version that was read. */
  readonly version: string;
}

/** The calls that ads need. They reject with the errors of the SDK. */
export interface AdService {
  /** Puts a break into the schedule of a channel. */
  announce(announced: AnnouncedBreak): Promise<void>;
  /** Reads an object; undefined when there is none. */
  read(bucket: string, key: string): Promise<StoredText | undefined>;
  /**
   * @param replaces - the version that is replaced, or `none` where there must not be one. @default whatever is there
   * @returns false where another version is there
   */
  write(object: WrittenObject, replaces?: string): Promise<boolean>;
  /**
   * Uploads a file of any size that S3 takes, in parts.
   *
   * @param progress - is told the bytes so far.
   */
  upload(object: UploadedFile, progress: (bytes: number) => void): Promise<void>;
  /** Removes the objects whose keys begin so. @returns their number */
  remove(bucket: string, prefix: string): Promise<number>;
}

/** Ticks of SCTE-35 a second. */
const TICKS = 90_000;
/** Usual length of a part of an upload in bytes, and most parts of one. */
const PART = { bytes: 8 * 1024 * 1024, most: 10_000 } as const;

/**
 * Tells an answer about another version: 412, or 409 while another one writes, or 404 where it was removed.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
const isOther = ({ $metadata }: S3ServiceException): boolean => [404, 409, 412].includes($metadata.httpStatusCode ?? 0);

/** Makes the service that calls MediaLive and S3. */
export function awsAds(place: Place): AdService {
  const settings = clientSettings(place);
  const mediaLive = new MediaLiveClient(settings);
  const s3 = new S3Client({ ...settings, forcePathStyle: place.endpoint !== undefined });
  return {
    announce: (announced) => announce(mediaLive, announced),
    async read(bucket, key) {
      try {
        const { Body, ETag = '' } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return { text: (await Body?.transformToString()) ?? '', version: ETag };
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    async write({ bucket, key, contentType, cacheControl, content }, replaces) {
      const { size } = 'file' in content ? await stat(content.file) : { size: Buffer.byteLength(content.text) };
      const body = 'file' in content ? createReadStream(content.file) : content.text;
      const headers = { ContentType: contentType, CacheControl: cacheControl, ContentLength: size };
      const input: PutObjectCommandInput = { Bucket: bucket, Key: key, Body: body, ...headers };
      if (replaces === 'none') input.IfNoneMatch = '*';
      else input.IfMatch = replaces;
      try {
        await s3.send(new PutObjectCommand(input));
        return true;
      } catch (error) {
        if (replaces !== undefined && error instanceof S3ServiceException && isOther(error)) return false;
        throw error;
      }
    },
    async upload({ bucket, key, file, size }, progress) {
      const params = { Bucket: bucket, Key: key, Body: createReadStream(file) };
      const partSize = Math.max(PART.bytes, Math.ceil(size / PART.most));
      const upload = new Upload({ client: s3, params, partSize });
      upload.on('httpUploadProgress', ({ loaded = 0 }) => progress(loaded));
      await upload.done();
    },
    async remove(bucket, prefix) {
      let removed = 0;
      for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix })) {
        for (const { Key } of Contents) await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
        removed += Contents.length;
      }
      return removed;
    },
  };
}

async function announce(client: MediaLiveClient, announced: AnnouncedBreak): Promise<void> {
  const { channelId, actionName, eventId, seconds, startsAt } = announced;
  const start =
    startsAt === undefined
      ? { ImmediateModeScheduleActionStartSettings: {} }
      : { FixedModeScheduleActionStartSettings: { Time: new Date(startsAt).toISOString() } };
  const splice = { SpliceEventId: eventId, Duration: Math.round(seconds * TICKS) };
  const action = {
    ActionName: actionName,
    ScheduleActionStartSettings: start,
    ScheduleActionSettings: { Scte35SpliceInsertSettings: splice },
  };
  await client.send(new BatchUpdateScheduleCommand({ ChannelId: channelId, Creates: { ScheduleActions: [action] } }));
}
