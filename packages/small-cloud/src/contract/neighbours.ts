import type { PolicyDocument } from './access';
import type { Value } from './json';

/** The packager, as the encoder sees it. */
export interface PackagerIngest {
  /**
   * Finds the ingest of a channel; undefined when there is no such channel. A MediaPackage v1 channel is in no group.
   * `urls[0]` belongs to pipeline 0, `urls[1]` to pipeline 1; both end in `/`.
   */
  ingest(
    channelGroup: string | undefined,
    channelName: string,
  ): { readonly arn: string; readonly urls: readonly [string, string] } | undefined;

  /**
   * Takes a message that an encoder puts into the media of a channel now. Messages to a channel that does not exist, or
   * has no media yet, are lost.
   */
  insert(place: PackagedPlace, message: MediaMessage): void;
}

/** A channel of the packager. A MediaPackage v1 channel is in no group. */
export interface PackagedPlace {
  readonly channelGroup: string | undefined;
  readonly channelName: string;
}

/**
 * A message beside the picture: SCTE-35, or one or more whole ID3 tags.
 *
 * @see https://id3.org/id3v2.4.0-structure
 */
export type MediaMessage = SpliceMessage | { readonly kind: 'id3'; readonly tags: Buffer };

/**
 * A message of SCTE-35: the beginning of a break (`duration` in ticks of 90 kHz; undefined for one that lasts until a
 * return), or the return to the show.
 *
 * @see https://www.scte.org/standards/library/catalog/scte-35-digital-program-insertion-cueing-message/
 */
export type SpliceMessage =
  | { readonly kind: 'splice-out'; readonly eventId: number; readonly durationTicks: number | undefined }
  | { readonly kind: 'splice-in'; readonly eventId: number };

/** A bucket or container, as the encoder that writes to it sees it. */
export interface BucketIngest {
  /** Finds a bucket; undefined when there is none. Below `url`, which ends in `/`, files are written, read and removed by key. */
  bucket(name: string): { readonly arn: string; readonly url: string } | undefined;
}

/** Secrets Manager, for services that read secrets with a role of their caller. */
export interface SecretStore {
  /** Returns the value of a key in a secret; undefined when there is none. */
  secret(arn: string, key: string): string | undefined;
}

/** S3, for services that read its objects. */
export interface ObjectStore {
  /** Returns the path of the file that holds an object; undefined when there is none. */
  file(bucket: string, key: string): string | undefined;
}

/** S3, for services that write its objects. */
export interface ObjectKeeper {
  /** Moves a file into a bucket as an object. @throws AwsError NoSuchBucket, KeyTooLongError. */
  keep(bucket: string, key: string, file: { readonly path: string; readonly contentType: string }): Promise<void>;
}

/** An object of S3, as services see it that look through a bucket. */
export interface ShelfObject {
  readonly key: string;
  /** Path of the file that holds it. */
  readonly file: string;
  /** In bytes. */
  readonly size: number;
}

/** S3, for services that write objects to a bucket and look through it. */
export interface ObjectShelf extends Pick<ObjectWriter, 'write'> {
  /** Absolute path of the folder that all files of objects are in. */
  readonly folder: string;
  /** Returns true if there is such a bucket. */
  holds(bucket: string): boolean;
  /** Returns true if objects of a bucket may have access control lists. */
  allowsAcls(bucket: string): boolean;
  /** Returns the objects of a bucket whose keys begin with a prefix, in the order of their keys; none of a missing bucket. */
  list(bucket: string, prefix: string): readonly ShelfObject[];
}

/** A column of a table: its name, and its type in Hive's words, such as `bigint`. */
export interface CatalogColumn {
  readonly name: string;
  readonly type: string;
}

/** A table of the Glue Data Catalog. */
export interface CatalogTable {
  readonly database: string;
  readonly name: string;
  readonly columns: readonly CatalogColumn[];
  /** Columns whose values are part of the keys of the objects. */
  readonly partitionKeys: readonly CatalogColumn[];
  readonly parameters: Readonly<Record<string, string>>;
  /** `s3://bucket/prefix/`. */
  readonly location: string;
  /** Class of the SerDe, such as `org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe`. */
  readonly serde: string;
  readonly serdeParameters: Readonly<Record<string, string>>;
}

/** The Glue Data Catalog, for services that read it with a role of their caller. */
export interface Catalog {
  hasDatabase(name: string): boolean;
  /** Finds a table; undefined when there is none. Names count in lower case. */
  table(database: string, name: string): CatalogTable | undefined;
  /** The ARNs that a caller needs a permission on: of the catalog, and of the database and the table that are given. */
  arns(database: string, table?: string): readonly string[];
}

/** CloudWatch Logs, for EventBridge, which writes events to log groups. */
export interface EventLog {
  /** Writes an event to a log group. @returns why nothing was written; undefined when it was. */
  write(logGroupArn: string, event: Value): string | undefined;
}

/** A line that a function printed. */
export interface PrintedLine {
  /** Name of the log group of the function. */
  readonly group: string;
  readonly stream: string;
  /** Role of the function, which needs a permission to write into its log. */
  readonly roleArn: string;
  readonly message: string;
}

/** CloudWatch Logs, for Lambda, which writes the lines of functions to their log groups. */
export interface FunctionLog {
  /** Keeps a line. One without a log group, or without a permission of the function's role, is dropped, as on AWS. */
  keep(line: PrintedLine): void;
}

/** Lambda, for services that send events to functions. */
export interface Functions {
  /** Returns true if the function's AWS::Lambda::Permissions let a service invoke it on behalf of `sourceArn`. */
  permits(functionArn: string, servicePrincipal: string, sourceArn: string): boolean;
  /** Invokes a function asynchronously, with Lambda's retries. Resolves after the last try. @throws Error when there is none. */
  invokeAsync(functionArn: string, event: Value): Promise<unknown>;
}

/** Lambda, for services that wait for the answer of a function. */
export interface AnsweringFunctions extends Pick<Functions, 'permits'> {
  /**
   * Invokes a function and waits for its answer, in a process that stays warm. The time in which its code is loaded does
   * not count, because a busy machine loads slowly.
   *
   * @returns undefined for a function that fails or takes longer. @throws Error when there is none.
   */
  answer(functionArn: string, event: Value, milliseconds: number): Promise<{ readonly payload: Value } | undefined>;
}

/** S3, for services that write objects into the buckets of their caller. */
export interface ObjectWriter {
  /** Finds a bucket and its policy; undefined when there is none. */
  target(bucket: string): { readonly arn: string; readonly policy: PolicyDocument | undefined } | undefined;
  /** Keeps an object. The caller has checked that it may. @throws Error when there is no such bucket. */
  write(object: WrittenObject): Promise<void>;
}

/** An object that a service writes. */
export interface WrittenObject {
  readonly bucket: string;
  readonly key: string;
  readonly body: Buffer;
  readonly contentType: string;
}
