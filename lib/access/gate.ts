import { Stack } from 'aws-cdk-lib';
import { CfnFunction, CfnKeyValueStore } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { DescriptionError } from '../channel/sentences';
import { COMMENT } from '../stream/edge/comment';
import { bytesOf } from '../stream/measured';
import { stackUniqueName } from '../stream/names';
import { type AccessChannel, isPublic } from './private-channel';

/**
 * Most bytes of a function at the edge.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions
 */
const MOST_BYTES = 10_240;
/** Bytes assumed for a value that only the deployment knows: ids of MediaPackage v1 have 32 characters. */
const TOKEN_BYTES = 32;

/** The properties of the gate. */
export interface GateProps {
  /** Code of `edge/gate.ts`, as the build writes it. */
  readonly code: string;
  readonly channels: readonly AccessChannel[];
  /** Further beginnings of paths that everybody may read. */
  readonly open: readonly string[];
  /** Countries where private channels may be watched. @default everywhere */
  readonly countries: readonly string[] | undefined;
}

/**
 * The gate: the function at the edge that checks tokens, and the key value store that it reads. The store is empty in the
 * template; a function of the stack writes the keys.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/kvs-with-functions.html
 */
export class Gate extends Construct {
  readonly viewerRequest: CfnFunction;
  readonly storeArn: string;

  constructor(scope: Construct, id: string, { code, channels, open, countries = [] }: GateProps) {
    super(scope, id);
    const store = new CfnKeyValueStore(this, 'Store', {
      name: stackUniqueName('viewers'),
      comment: COMMENT,
    });
    this.storeArn = store.attrArn;
    const owners = channels.map(({ channel, origin }) => ({
      channel: channel.name,
      isPublic: isPublic(channel),
      paths: origin.folders,
    }));
    const everybody = open.length === 0 ? [] : [{ channel: '', isPublic: true, paths: open }];
    const settings = Stack.of(this).toJsonString({ channels: [...owners, ...everybody], countries });
    const functionCode = `${code}\nconst GATE=${settings};\n`;
    const bytes = bytesOf(this, functionCode, TOKEN_BYTES);
    if (bytes > MOST_BYTES) {
      const folders = owners.flatMap(({ paths }) => paths);
      const given = `${channels.length} channels with ${folders.length} folders and ${countries.length} countries`;
      throw new DescriptionError([
        `channels: ${given} make a function at the edge of ${bytes} bytes; CloudFront takes at most ${MOST_BYTES}: give fewer channels or formats, shorter names, or fewer countries`,
      ]);
    }
    this.viewerRequest = new CfnFunction(this, 'Function', {
      name: stackUniqueName('viewers'),
      autoPublish: true,
      functionCode,
      functionConfig: {
        comment: COMMENT,
        runtime: 'cloudfront-js-2.0',
        keyValueStoreAssociations: [{ keyValueStoreArn: store.attrArn }],
      },
    });
  }
}
