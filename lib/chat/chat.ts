import { Aws, Duration, Stack, Validations } from 'aws-cdk-lib';
import { AllowedMethods, type BehaviorOptions } from 'aws-cdk-lib/aws-cloudfront';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { chatOf, type Chat as Options } from '../channel/chat';
import type { LiveChannel } from '../channel/live-channel';
import type { BucketContent } from '../stream/bucket-content';
import type { Bundles } from '../stream/bundles';
import { functionBehavior } from '../stream/edge/function-behavior';
import { expiringTable } from '../stream/expiring-table';
import { pascalCase } from '../stream/names';
import { StackFunction } from '../stream/stack-function';
import { ChatRoom } from './chat-room';
import { refuseRegionsWithoutChat } from './regions';

/** Beginning of the paths of the chat at the edge. */
const PATH = '/chat';

/** The properties of {@link Chat}. */
export interface ChatProps {
  readonly bundles: Pick<Bundles, 'chatRoom' | 'chatReview'>;
  /** The channels that have a chat, and perhaps others. */
  readonly channels: readonly LiveChannel[];
  readonly content: BucketContent;
  /** Means to recognise the viewers of private channels. @default every channel is public */
  readonly viewers:
    | { readonly environment: Record<string, string>; readonly statements: readonly PolicyStatement[] }
    | undefined;
}

/** The chat of a channel, as the player's page reads it in `config.json`. */
export interface ChatConfig {
  /** Address of the messages. */
  readonly endpoint: string;
  /** Path at the edge that gives out tokens. */
  readonly path: string;
  readonly messageLength: number;
  readonly slowSeconds: number;
  /** True to show messages as late as the picture. */
  readonly holdBack: boolean;
}

/** A channel with its chat. */
interface ChattingChannel {
  readonly channel: LiveChannel;
  readonly options: Options;
  readonly room: ChatRoom;
  /** True where everybody may watch. */
  readonly isPublic: boolean;
}

/**
 * Chat beside the picture: a room for each channel that wants one, and a function at the edge that lets viewers in and
 * keeps those out who misbehave.
 *
 * @see https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/what-is.html
 */
export class Chat extends Construct {
  /** The behaviour of the edge, by its path pattern. */
  readonly behaviors: Readonly<Record<string, BehaviorOptions>>;
  /** Address that the page connects to, for its Content-Security-Policy. */
  readonly endpoint = `wss://edge.ivschat.${Aws.REGION}.${Aws.URL_SUFFIX}`;
  /** Outputs: name, value and description. */
  readonly outputs: readonly (readonly [name: string, value: string, description: string])[];

  constructor(scope: Construct, id: string, { bundles, channels, content, viewers }: ChatProps) {
    super(scope, id);
    refuseRegionsWithoutChat(Stack.of(this));
    const chatting = channels.flatMap((channel): ChattingChannel[] => {
      const options = chatOf(channel);
      if (options === undefined) return [];
      const props = { channel: channel.name, options, review: bundles.chatReview, content };
      const room = new ChatRoom(this, `Room${pascalCase(channel.name)}`, props);
      return [{ channel, options, room, isPublic: viewers === undefined || channel.access === 'public' }];
    });
    const table = expiringTable(
      this,
      'Table',
      'The table holds who is kept out, for hours. A restored one would keep out those whose time is over.',
    );
    const secret = this.moderatorSecret();
    const rooms = chatting.map(({ room }) => room.arn);
    const made = new StackFunction(this, 'Desk', {
      description: 'Lets viewers into the chat, and keeps those out who misbehave',
      bundle: bundles.chatRoom,
      timeout: Duration.seconds(10),
      environment: {
        ...viewers?.environment,
        TABLE: table.tableName,
        SECRET_ARN: secret.secretArn,
        ROOMS: Stack.of(this).toJsonString(Object.fromEntries(chatting.map(roomRules))),
      },
      statements: [
        new PolicyStatement({
          actions: ['ivschat:CreateChatToken', 'ivschat:DisconnectUser', 'ivschat:DeleteMessage'],
          resources: rooms,
        }),
        new PolicyStatement({
          actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
          resources: [table.tableArn],
        }),
        new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secret.secretArn] }),
        ...(viewers?.statements ?? []),
      ],
    });
    this.behaviors = {
      [`${PATH}/*`]: functionBehavior(this, {
        made,
        name: 'chat',
        description: `Asks for places in the chat of stack ${Aws.STACK_NAME}`,
        methods: AllowedMethods.ALLOW_ALL,
        headers: ['x-chat-name', 'x-chat-guest', 'x-chat-moderator', 'x-viewer-session', 'CloudFront-Viewer-Address'],
        parameters: ['channel', 'user', 'minutes'],
      }),
    };
    this.outputs = [
      ['ChatFunction', made.lambda.functionName, 'Function that lets viewers into the chat, and keeps some out'],
      ...chatting.flatMap(logOutput),
    ];
  }

  /** Returns what the page needs to know of the chat of a channel; undefined for one without. */
  page(channel: LiveChannel): ChatConfig | undefined {
    const options = chatOf(channel);
    if (options === undefined) return undefined;
    const { messageLength, slowSeconds, holdBack } = options;
    return { endpoint: this.endpoint, path: PATH, messageLength, slowSeconds, holdBack };
  }

  private moderatorSecret(): Secret {
    const secret = new Secret(this, 'ModeratorSecret', {
      description: `Code of the moderators of the chat of stack ${Aws.STACK_NAME}`,
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: 'code',
        passwordLength: 40,
        excludePunctuation: true,
      },
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions::AwsSolutions-SMG4',
      reason: 'Moderators have the code in a link. Whoever changes it sends them another link.',
    });
    return secret;
  }
}

/** Returns the rules of a room for the function, `RoomRules` of `lambda/chat-room`. */
function roomRules({ channel, options, room, isPublic }: ChattingChannel): [string, object] {
  const { moderatorGroups } = options;
  return [channel.name, { arn: room.arn, isPublic, moderatorGroups }];
}

function logOutput({ channel, room }: ChattingChannel): [string, string, string][] {
  if (room.logs === undefined) return [];
  const { bucketName } = room.logs.bucket;
  return [[`${pascalCase(channel.name)}ChatLogs`, bucketName, `Channel ${channel.name}: the bucket of what was said`]];
}
