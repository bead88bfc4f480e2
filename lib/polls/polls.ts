import { Aws, Duration, Stack } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
} from 'aws-cdk-lib/aws-cloudfront';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { LiveChannel } from '../channel/live-channel';
import type { Bundles } from '../stream/bundles';
import { COMMENT } from '../stream/edge/comment';
import { functionBehavior } from '../stream/edge/function-behavior';
import { expiringTable } from '../stream/expiring-table';
import { stackUniqueName } from '../stream/names';
import { StackFunction } from '../stream/stack-function';

/** Beginning of the paths of polls at the edge. */
const PATH = '/polls';
/** Longest time that the edge keeps a result. All viewers at one edge ask for it together. */
const KEPT = Duration.seconds(2);

/** The properties of {@link Polls}. */
export interface PollsProps {
  readonly bundles: Pick<Bundles, 'pollDesk'>;
  /** The channels that have polls, and perhaps others. */
  readonly channels: readonly LiveChannel[];
  /** Means to recognise the viewers of private channels. @default every channel is public */
  readonly viewers:
    | { readonly environment: Record<string, string>; readonly statements: readonly PolicyStatement[] }
    | undefined;
}

/** The polls of a channel, as the player's page reads them in `config.json`. */
export interface PollsConfig {
  /** Beginning of the paths that take votes and tell the result. */
  readonly path: string;
}

/**
 * Polls: a table of votes, and a function at the edge that takes them and tells the result. The question itself travels
 * with the video, as timed ID3.
 */
export class Polls extends Construct {
  /** The behaviours of the edge, by their path patterns. */
  readonly behaviors: Readonly<Record<string, BehaviorOptions>>;
  /** Outputs of the stack: name, value and description. */
  readonly outputs: readonly (readonly [name: string, value: string, description: string])[];

  constructor(scope: Construct, id: string, { bundles, channels, viewers }: PollsProps) {
    super(scope, id);
    const table = expiringTable(
      this,
      'Table',
      'The table holds votes for a week. Nobody would ask a question again to restore its answers.',
    );
    const asking = channels.filter(({ polls }) => polls);
    const made = new StackFunction(this, 'Desk', {
      description: 'Takes the votes of viewers, and tells the result',
      bundle: bundles.pollDesk,
      timeout: Duration.seconds(10),
      environment: {
        ...viewers?.environment,
        TABLE: table.tableName,
        CHANNELS: Stack.of(this).toJsonString(
          Object.fromEntries(
            asking.map(({ name, access }) => [name, { isPublic: viewers === undefined || access === 'public' }]),
          ),
        ),
      },
      statements: [
        new PolicyStatement({
          actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
          resources: [table.tableArn],
        }),
        ...(viewers?.statements ?? []),
      ],
    });
    const votes = functionBehavior(this, {
      made,
      name: 'polls',
      description: `Takes the votes of stack ${Aws.STACK_NAME}`,
      methods: AllowedMethods.ALLOW_ALL,
      headers: ['x-poll-guest', 'x-viewer-session', 'CloudFront-Viewer-Address'],
      parameters: ['poll', 'option'],
    });
    const results: BehaviorOptions = {
      ...votes,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      cachePolicy: new CachePolicy(this, 'Results', {
        cachePolicyName: stackUniqueName('polls'),
        comment: COMMENT,
        minTtl: Duration.seconds(0),
        defaultTtl: Duration.seconds(0),
        maxTtl: KEPT,
        queryStringBehavior: CacheQueryStringBehavior.allowList('poll'),
        headerBehavior: CacheHeaderBehavior.none(),
      }),
    };
    this.behaviors = { [`${PATH}/vote`]: votes, [`${PATH}/result`]: results };
    this.outputs = [['PollFunction', made.lambda.functionName, 'Function that takes votes, and tells the result']];
  }

  /** Returns what the page needs to know of the polls of a channel; undefined for one without. */
  page({ polls }: LiveChannel): PollsConfig | undefined {
    return polls ? { path: PATH } : undefined;
  }
}

/** Adds polls, where a channel has them. */
export function addPolls(scope: Construct, props: PollsProps): Polls | undefined {
  return props.channels.some(({ polls }) => polls) ? new Polls(scope, 'Polls', props) : undefined;
}

/** Adds to the channels of the page what it needs to know of their polls. */
export function withPolls<T extends { readonly channel: LiveChannel }>(
  channels: readonly T[],
  polls: Polls | undefined,
): readonly (T & { readonly polls: PollsConfig | undefined })[] {
  return channels.map((one) => ({ ...one, polls: polls?.page(one.channel) }));
}
