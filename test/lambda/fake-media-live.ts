import type { GuardedChannels } from '../../lambda/guard/surroundings';
import type { Alert } from '../../lambda/guard/verdict';
import type { ChannelView } from '../../lambda/shared/channels/channels';
import type { KnownState } from '../../lambda/shared/channels/decision';

interface FakeChannel {
  state: KnownState;
  tags: Record<string, string>;
  alerts: readonly Alert[];
  pipelines: number;
}

/** Channels whose state moves on after each look at it, and a clock that goes on while somebody sleeps. */
export class FakeMediaLive implements GuardedChannels {
  /** Changes that were requested, in order: `stop 1`, `tag 1 key=value`. */
  readonly calls: string[] = [];
  private readonly channels = new Map<string, FakeChannel>();
  private time = Date.parse('2026-11-24T12:00:00Z');

  readonly clock = {
    now: () => this.time,
    sleep: async (milliseconds: number) => {
      this.time += milliseconds;
    },
  };

  add(id: string, channel: Partial<FakeChannel> & Pick<FakeChannel, 'state'>): this {
    this.channels.set(id, { tags: {}, alerts: [], pipelines: 1, ...channel });
    return this;
  }

  tags(id: string): Readonly<Record<string, string>> {
    return this.known(id).tags;
  }

  async look(id: string): Promise<ChannelView> {
    const channel = this.channels.get(id);
    if (channel === undefined) return { state: 'MISSING', tags: {}, arn: '', pipelines: 0 };
    const { state, tags, pipelines } = channel;
    if (state === 'STOPPING') channel.state = 'IDLE';
    if (state === 'STARTING') channel.state = 'RUNNING';
    return { state, tags: { ...tags }, arn: `arn:${id}`, pipelines: state === 'RUNNING' ? pipelines : 0 };
  }

  async state(id: string): Promise<KnownState> {
    return (await this.look(id)).state;
  }

  async start(id: string): Promise<void> {
    this.calls.push(`start ${id}`);
    this.known(id).state = 'STARTING';
  }

  async stop(id: string): Promise<void> {
    this.calls.push(`stop ${id}`);
    this.known(id).state = 'STOPPING';
  }

  async tag(arn: string, tags: Readonly<Record<string, string>>): Promise<void> {
    const id = arn.slice('arn:'.length);
    for (const [key, value] of Object.entries(tags)) this.calls.push(`tag ${id} ${key}=${value}`);
    Object.assign(this.known(id).tags, tags);
  }

  async untag(arn: string, key: string): Promise<void> {
    const id = arn.slice('arn:'.length);
    this.calls.push(`untag ${id} ${key}`);
    delete this.known(id).tags[key];
  }

  async alerts(id: string): Promise<readonly Alert[]> {
    return this.known(id).alerts;
  }

  private known(id: string): FakeChannel {
    const channel = this.channels.get(id);
    if (channel === undefined) throw new Error(`The test has no channel ${id}`);
    return channel;
  }
}
