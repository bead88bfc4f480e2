import { Stack } from 'aws-cdk-lib';
import { CfnFunction, CfnKeyValueStore } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { COMMENT } from '../stream/edge/comment';
import { stackUniqueName } from '../stream/names';
import { type AccessChannel, isPublic } from './private-channel';

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
    const folders = channels.flatMap(({ channel, origin }) =>
      origin.folders.map((path) => ({ path, channel: channel.name, isPublic: isPublic(channel) })),
    );
    const everybody = open.map((path) => ({ path, channel: '', isPublic: true }));
    const settings = Stack.of(this).toJsonString({ folders: [...folders, ...everybody], countries });
    this.viewerRequest = new CfnFunction(this, 'Function', {
      name: stackUniqueName('viewers'),
      autoPublish: true,
      functionCode: `${code}\nconst GATE=${settings};\n`,
      functionConfig: {
        comment: COMMENT,
        runtime: 'cloudfront-js-2.0',
        keyValueStoreAssociations: [{ keyValueStoreArn: store.attrArn }],
      },
    });
  }
}
