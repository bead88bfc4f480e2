import { Aws, Fn, Lazy, Stack, Validations } from 'aws-cdk-lib';
import { CfnOriginAccessControl, type IDistribution, OriginProtocolPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnContainer } from 'aws-cdk-lib/aws-mediastore';
import { Construct } from 'constructs';
import { streamTiming } from '../../channel/latency';
import type { LiveChannel } from '../../channel/live-channel';
import type { Bundle } from '../bundles';
import { stackUniqueName } from '../names';
import { ContainerContent } from './container-content';
import { PUT_AGAIN } from './hls-output-group';
import type { Origin, OriginChannel, OriginEgress } from './origin';
import { FOLDER, OWN_FOLDER_REASON, STORED_PATTERNS, storedChannel } from './stored-hls';

/** Shortest lifetime of a media playlist that is not rewritten, in seconds. MediaStore accepts 1 to 300. */
const LEAST_PLAYLIST_SECONDS = 10;
/** The container's ARN in cdk-nag's notation, with the names of its pseudo parameters. */
const ARN_TEXT = 'arn:<AWS::Partition>:mediastore:<AWS::Region>:<AWS::AccountId>:container/<AWS::StackName>';

/**
 * A MediaStore container as the origin, as in AWS's solution before AWS discontinued MediaStore on 2025-11-13. As with a
 * bucket, MediaLive writes finished HLS into it, and the edge reads it through origin access control.
 *
 * Unlike a bucket, MediaStore expires the media playlist seconds after the encoder dies.
 *
 * @see https://docs.aws.amazon.com/mediastore/latest/ug/policies-object-lifecycle-components.html
 */
export class MediaStoreOrigin extends Construct implements Origin {
  readonly egress: OriginEgress;
  private readonly host: string;
  private readonly arn: string;
  private readonly emptied: ContainerContent;
  /**
   * Lifetime of a media playlist that is not rewritten: three of the longest segments. A 404 then tells players that the
   * encoder has died.
   */
  private playlistSeconds = LEAST_PLAYLIST_SECONDS;

  /** @param bundle - code of the function that empties the container. */
  constructor(scope: Construct, id: string, bundle: Bundle) {
    super(scope, id);
    // The name is given, because the container's own policy must contain it, and an attribute would be a circle.
    const name = Aws.STACK_NAME;
    this.arn = Stack.of(this).formatArn({ service: 'mediastore', resource: 'container', resourceName: name });
    const container = new CfnContainer(this, 'Container', {
      containerName: name,
      corsPolicy: [
        { allowedOrigins: ['*'], allowedMethods: ['GET', 'HEAD'], allowedHeaders: ['*'], maxAgeSeconds: 600 },
      ],
      lifecyclePolicy: Lazy.string({ produce: () => JSON.stringify(lifecycle(this.playlistSeconds)) }),
      metricPolicy: {
        containerLevelMetrics: 'ENABLED',
        metricPolicyRules: [{ objectGroup: `${FOLDER}/*`, objectGroupName: FOLDER }],
      },
      policy: Stack.of(this).toJsonString(readers(this.arn)),
    });
    Validations.of(container).acknowledge(
      {
        id: 'AwsSolutions::AwsSolutions-MS1',
        reason:
          'MediaStore creates a log group of its own for access logs, which would stay when the stack is deleted.',
      },
      {
        id: 'AwsSolutions::AwsSolutions-MS3',
        reason: 'The policy denies requests without TLS. The rule cannot read it, because it names the account.',
      },
      {
        id: 'CloudFormation-Validate::W3696',
        reason: 'The description acknowledges that AWS discontinued MediaStore on 2025-11-13.',
      },
    );
    this.host = Fn.select(2, Fn.split('/', container.attrEndpoint));
    this.emptied = new ContainerContent(this, 'Content', {
      bundle,
      name,
      arn: this.arn,
      arnText: ARN_TEXT,
      unlistedSeconds: Lazy.number({ produce: () => this.playlistSeconds }),
    });
    this.emptied.node.addDependency(container);
    const accessControl = new CfnOriginAccessControl(this, 'AccessControl', {
      originAccessControlConfig: {
        name: stackUniqueName('media'),
        description: `Reads the media of stack ${Aws.STACK_NAME}`,
        originAccessControlOriginType: 'mediastore',
        signingBehavior: 'always',
        signingProtocol: 'sigv4',
      },
    });
    this.egress = {
      origin: (connection) =>
        new HttpOrigin(this.host, {
          ...connection,
          originAccessControlId: accessControl.attrId,
          protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        }),
      ...STORED_PATTERNS,
    };
  }

  addChannel(channel: LiveChannel): OriginChannel {
    const { folder, manifest, rewind, ingest } = storedChannel(channel, {
      destination: 'container',
      url: `mediastoressl://${this.host}`,
      hlsCdnSettings: { hlsMediaStoreSettings: { ...PUT_AGAIN, mediaStoreStorageClass: 'TEMPORAL' } },
    });
    this.playlistSeconds = Math.max(this.playlistSeconds, 3 * streamTiming(channel.latency).segmentSeconds);
    return {
      kind: 'media-store',
      resources: new Construct(this, channel.name),
      ingest: {
        ...ingest,
        statements: [
          new PolicyStatement({
            actions: ['DeleteObject', 'DescribeObject', 'GetObject', 'PutObject'].map((call) => `mediastore:${call}`),
            resources: [`${this.arn}/${folder}/*`],
          }),
        ],
        acknowledged: [
          {
            id: `AwsSolutions::AwsSolutions-IAM5[Resource::${ARN_TEXT}/${folder}/*]`,
            reason: OWN_FOLDER_REASON,
          },
        ],
        // The order is reversed on deletion: the encoder, then its files, then the container.
        ready: this.emptied,
      },
      manifests: [manifest],
      rewind,
      folders: [`/${folder}/`],
      metrics: {
        namespace: 'AWS/MediaStore',
        names: ['ContainerName', 'ObjectGroupName', 'RequestType'],
        values: { ContainerName: Aws.STACK_NAME },
      },
      consoleUrl: `https://${Aws.REGION}.console.aws.amazon.com/mediastore/home?region=${Aws.REGION}#/containers/${Aws.STACK_NAME}`,
    };
  }

  /** Does nothing: the container's policy admits the distributions of the account, see {@link readers}. */
  allow(_distribution: IDistribution): void {}
}

/** Returns the rules that expire media playlists that are no longer rewritten, and segments of a stopped channel. */
const lifecycle = (playlistSeconds: number) => ({
  rules: [
    {
      // The pattern excludes multivariant playlists, which have no `_` in their names and are written once.
      definition: {
        path: [{ wildcard: `${FOLDER}/*/*_*.m3u8` }],
        seconds_since_create: [{ numeric: ['>', playlistSeconds] }],
      },
      action: 'EXPIRE',
    },
    {
      definition: { path: [{ wildcard: `${FOLDER}/*.ts` }], days_since_create: [{ numeric: ['>', 1] }] },
      action: 'EXPIRE',
    },
  ],
});

/**
 * Returns the policy that admits the distributions of this account over HTTPS. The policy is part of the container, and the
 * distribution needs the container's endpoint, so naming the distribution would be a circle. The encoder writes by its role.
 */
function readers(arn: string): PolicyDocument {
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
        actions: ['mediastore:GetObject'],
        resources: [`${arn}/*`],
        conditions: {
          StringEquals: { 'AWS:SourceAccount': Aws.ACCOUNT_ID },
          Bool: { 'aws:SecureTransport': 'true' },
        },
      }),
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['mediastore:*'],
        resources: [`${arn}/*`],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ],
  });
}
