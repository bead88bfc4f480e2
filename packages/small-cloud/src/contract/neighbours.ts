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
}

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

/** CloudWatch Logs, for EventBridge, which writes events to log groups. */
export interface EventLog {
  /** Writes an event to a log group. @returns why nothing was written; undefined when it was. */
  write(logGroupArn: string, event: Value): string | undefined;
}

/** Lambda, for services that send events to functions. */
export interface Functions {
  /** Returns true if the function's AWS::Lambda::Permissions let a service invoke it on behalf of `sourceArn`. */
  permits(functionArn: string, servicePrincipal: string, sourceArn: string): boolean;
  /** Invokes a function asynchronously, with Lambda's retries. Resolves after the last try. @throws Error when there is none. */
  invokeAsync(functionArn: string, event: Value): Promise<unknown>;
}
