import type { Properties, ResourceState, Value } from '../../src/contract';
import { IvsChat } from '../../src/services/ivschat/ivschat';
import { quietCloud } from '../cloudformation/quiet-cloud';
import { Participant } from './participant';

/** A function that reviews messages. */
type Review = (event: Properties) => Value | 'late' | Promise<Value | 'late'>;

/** IVS Chat with a bucket and a review function in memory. */
export class ChatField {
  readonly written: { readonly key: string; readonly body: Buffer }[] = [];
  readonly told: string[] = [];
  readonly events: Properties[] = [];
  review: Review = ({ Content }) => ({ ReviewResult: 'ALLOW', Content: Content ?? '', Attributes: {} });
  permitted = true;
  policyAllows = true;
  now = Date.now();
  readonly service: IvsChat;
  private base = '';
  private readonly participants: Participant[] = [];

  constructor() {
    const quiet = quietCloud();
    const cloud = {
      ...quiet,
      clock: { now: () => this.now, speed: 1 },
      tell: (_: string, line: string) => void this.told.push(line),
      access: { ...quiet.access, policyAllows: () => this.policyAllows },
      names: {
        ...quiet.names,
        register: (_: string, url: string) => {
          this.base = url;
        },
      },
    };
    this.service = new IvsChat(cloud, {
      functions: {
        permits: () => this.permitted,
        answer: async (_, event) => {
          this.events.push(event as Properties);
          const payload = await this.review(event as Properties);
          return payload === 'late' ? undefined : { payload };
        },
      },
      objects: {
        target: (bucket) => (bucket === 'logs' ? { arn: 'arn:aws:s3:::logs', policy: {} } : undefined),
        write: async ({ key, body }) => void this.written.push({ key, body }),
      },
    });
  }

  create(type: string, properties: Properties): Promise<ResourceState> {
    const provider = this.service.resources[type];
    if (provider === undefined) throw new Error(`there is no ${type}`);
    return provider.create({ stackName: 'live', stackId: 'arn:stack', logicalId: 'Room', type, properties });
  }

  /** Makes a room, and returns its ARN. */
  async room(properties: Properties = {}): Promise<string> {
    return (await this.create('AWS::IVSChat::Room', properties)).physicalId;
  }

  /** Calls the API. @returns the status, the name of the error and the answer. */
  async call(operation: string, body: Properties): Promise<Properties> {
    const handler = this.service.api['ivschat'];
    const answer = await handler?.({
      method: 'POST',
      path: `/${operation}`,
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.from(JSON.stringify(body)),
      roleArn: undefined,
    });
    const error = answer?.headers?.['x-amzn-errortype'] ?? '';
    return { status: answer?.status ?? 0, error, ...JSON.parse(String(answer?.body)) };
  }

  async token(roomIdentifier: string, properties: Properties = {}): Promise<string> {
    const asked = { roomIdentifier, userId: 'anna', capabilities: ['SEND_MESSAGE'], ...properties };
    return String((await this.call('CreateChatToken', asked))['token']);
  }

  /** Connects with a token. @throws Error when the connection is refused. */
  async connect(token: string): Promise<Participant> {
    const participant = await Participant.connect(this.base.replace('http', 'ws'), token);
    this.participants.push(participant);
    return participant;
  }

  /** Connects a user to a room. */
  async join(room: string, userId: string, properties: Properties = {}): Promise<Participant> {
    return this.connect(await this.token(room, { userId, attributes: { name: userId }, ...properties }));
  }

  async end(): Promise<void> {
    for (const participant of this.participants) participant.close();
    await this.service.stop();
  }
}
