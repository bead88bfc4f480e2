import type {
  AnsweringFunctions,
  ApiHandler,
  Cloud,
  NodeStatus,
  ObjectWriter,
  ResourceProvider,
  ResourceRequest,
  ResourceState,
  Service,
} from '../../contract';
import { AwsError } from '../kit/aws-error';
import { chatApi } from './api';
import { ChatFace } from './chat-face';
import { ChatLog } from './chat-log';
import { LiveRoom, newId } from './live-room';
import { checkBucket, type LoggingConfiguration, loggedBucket } from './logging-configuration';
import { type RoomSettings, roomSettings } from './room';
import { ChatTokens } from './tokens';

/** Parts of the run that IVS Chat uses. */
export interface IvsChatOptions {
  readonly functions: AnsweringFunctions;
  readonly objects: ObjectWriter;
}

/** An open room with its log. */
interface OpenRoom {
  readonly live: LiveRoom;
  readonly log: ChatLog;
}

/**
 * Amazon IVS Chat: rooms, tokens, the messaging API over a WebSocket, the review of messages by a function, and logs. The
 * WebSocket has the address `wss://edge.ivschat.<region>.amazonaws.com`, which pages reach through the edge.
 */
export class IvsChat implements Service {
  readonly resources: Readonly<Record<string, ResourceProvider>>;
  readonly api: Readonly<Record<string, ApiHandler>>;
  private readonly rooms = new Map<string, OpenRoom>();
  private readonly logging = new Map<string, LoggingConfiguration>();
  private readonly face: ChatFace;
  private readonly host: string;

  constructor(
    private readonly cloud: Cloud,
    private readonly options: IvsChatOptions,
  ) {
    const tokens = new ChatTokens(cloud.clock);
    const room = (arn: string) => this.rooms.get(arn)?.live;
    this.host = `edge.ivschat.${cloud.region}.amazonaws.com`;
    this.face = new ChatFace(cloud, { enter: (token) => tokens.use(token), room });
    this.api = { ivschat: chatApi({ cloud, tokens, room }) };
    this.resources = {
      'AWS::IVSChat::Room': this.roomProvider(),
      'AWS::IVSChat::LoggingConfiguration': this.loggingProvider(),
    };
  }

  /** Writes the logs and closes every connection. */
  async stop(): Promise<void> {
    await this.face.stop();
    await Promise.all([...this.rooms.values()].map(({ log }) => log.flush()));
  }

  status(): readonly NodeStatus[] {
    return [...this.rooms.values()].map(({ live }) => ({
      node: `chat ${live.room.settings.name || live.room.id}`,
      state: 'running',
      detail: `${live.size} connected`,
    }));
  }

  private roomProvider(): ResourceProvider {
    return {
      create: async (request) => {
        const settings = this.checked(roomSettings(request));
        await this.publish();
        const id = newId();
        const arn = this.arn('room', id);
        const room = { id, arn, settings };
        const { cloud, options } = this;
        const log = new ChatLog(room, { cloud, objects: options.objects, find: (one) => this.logging.get(one) });
        const tell = (line: string) => cloud.tell(`chat ${settings.name || id}`, line, 'warning');
        const live = new LiveRoom(room, { functions: options.functions, clock: cloud.clock, log, tell });
        this.rooms.set(arn, { live, log });
        return { physicalId: arn, ref: arn, attributes: { Arn: arn, Id: id } };
      },
      update: async (state, request) => {
        const settings = this.checked(roomSettings(request));
        const found = this.rooms.get(state.physicalId);
        if (found === undefined) throw missing(state.physicalId, 'ROOM');
        found.live.room.settings = settings;
        return state;
      },
      delete: async ({ physicalId }) => {
        const found = this.rooms.get(physicalId);
        found?.live.close('The room was deleted');
        await found?.log.flush();
        this.rooms.delete(physicalId);
      },
    };
  }

  private loggingProvider(): ResourceProvider {
    const bucketOf = (request: ResourceRequest): string => {
      const bucket = loggedBucket(request);
      checkBucket(this.cloud, this.options.objects, bucket);
      return bucket;
    };
    return {
      create: async (request): Promise<ResourceState> => {
        const bucket = bucketOf(request);
        const id = newId();
        const arn = this.arn('logging-configuration', id);
        this.logging.set(arn, { id, arn, bucket });
        return { physicalId: arn, ref: arn, attributes: { Arn: arn, Id: id, State: 'ACTIVE' } };
      },
      update: async (state, request) => {
        const found = this.logging.get(state.physicalId);
        if (found === undefined) throw missing(state.physicalId, 'LOGGING_CONFIGURATION');
        found.bucket = bucketOf(request);
        return state;
      },
      delete: async ({ physicalId }) => {
        this.logging.delete(physicalId);
      },
    };
  }

  private checked(settings: RoomSettings): RoomSettings {
    const unknown = settings.logging.find((arn) => !this.logging.has(arn));
    if (unknown !== undefined) throw missing(unknown, 'LOGGING_CONFIGURATION');
    return settings;
  }

  /** Makes the address of the messaging API known. A cloud without a room listens on no port for it. */
  private async publish(): Promise<void> {
    this.cloud.names.register(this.host, `http://127.0.0.1:${await this.face.port()}`, { pageFacing: true });
  }

  private arn(type: string, id: string): string {
    const { partition, region, accountId } = this.cloud;
    return `arn:${partition}:ivschat:${region}:${accountId}:${type}/${id}`;
  }
}

function missing(resourceId: string, resourceType: string): AwsError {
  const message = `${resourceId} was not found.`;
  return new AwsError('ResourceNotFoundException', message, 404, { resourceId, resourceType });
}
