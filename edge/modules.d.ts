/**
 * The module of CloudFront Functions that reads a KeyValueStore.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-custom-methods.html
 */
declare module 'cloudfront' {
  /** The keys of tokens by their id, in base64url, and the time before which every token is void, in seconds since 1970. */
  interface GateSettings {
    readonly keys: Readonly<Record<string, string>>;
    readonly voidBefore: number;
  }
  interface KeyValueStore {
    /** @throws Error where the key is missing, or the store does not answer. */
    get(key: 'cfg', options: { readonly format: 'json' }): Promise<GateSettings>;
    exists(key: string): Promise<boolean>;
  }
  const cf: { kvs(): KeyValueStore };
  export default cf;
}
