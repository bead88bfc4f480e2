import type { ApiHandler, BucketIngest, Cloud, NodeStatus, PackagerIngest, ResourceProvider } from '../../contract';
import { mediaLiveApi } from './api/api';
import type { DataPlane } from './contract/data-plane';
import type { PushEndpoint } from './contract/push-endpoint';
import type { Channel } from './control/channel';
import { ChannelMetrics } from './control/channel-metrics';
import { Channels } from './control/channels';
import type { Input } from './control/input';
import { type InputSecurityGroup, InputSecurityGroups } from './control/input-security-groups';
import { Inputs } from './control/inputs';
import { Lifecycle } from './control/lifecycle';
import { Registry } from './control/registry';
import type { Unforgiving } from './control/unforgiving';
import { Schedules } from './schedule/schedules';

/** Parts and settings of the control plane. */
export interface ControlPlaneOptions {
  readonly dataPlane: DataPlane;
  readonly packager: PackagerIngest;
  /** @default there is no bucket to write to or to read from */
  readonly buckets?: BucketIngest;
  /** @default no container can be written to */
  readonly containers?: BucketIngest;
  /** @default forgiving: consistent at once, nothing throttled, nothing fails */
  readonly unforgiving?: Unforgiving;
}

/** Storage without a bucket or a container. */
export const NO_STORAGE: BucketIngest = { bucket: () => undefined };

/**
 * The control plane of MediaLive: channels, inputs, input security groups, and the API to them. All its waiting is in
 * timers and in the data plane: with a data plane that starts no process, a test can let hours pass at once.
 */
export class ControlPlane {
  readonly resources: Readonly<Record<string, ResourceProvider>>;
  readonly api: ApiHandler;
  private readonly channels: Registry<Channel>;
  private readonly inputs: Registry<Input>;
  private readonly lifecycle: Lifecycle;
  private readonly metrics: ChannelMetrics;
  private readonly schedules: Schedules;

  constructor(cloud: Cloud, options: ControlPlaneOptions) {
    const { dataPlane, packager, buckets = NO_STORAGE, containers = NO_STORAGE, unforgiving = {} } = options;
    const { eventualConsistencyMs } = unforgiving;
    const takers = { packager, buckets, containers };
    const groups = new Registry<InputSecurityGroup>(cloud, 'inputSecurityGroup', eventualConsistencyMs);
    const channels = new Registry<Channel>(cloud, 'channel', eventualConsistencyMs);
    const inputs = new Registry<Input>(cloud, 'input', eventualConsistencyMs);
    const lifecycle = new Lifecycle(channels, inputs, { cloud, takers, dataPlane });
    this.schedules = new Schedules({ cloud, takers, lifecycle });
    const groupEditing = new InputSecurityGroups(groups, unforgiving);
    const inputEditing = new Inputs(inputs, { cloud, channels, groups, ports: dataPlane.ports, unforgiving });
    this.resources = {
      'AWS::MediaLive::InputSecurityGroup': groupEditing,
      'AWS::MediaLive::Input': inputEditing,
      'AWS::MediaLive::Channel': new Channels(channels, inputs, { cloud, takers, lifecycle, unforgiving }),
    };
    const { access } = cloud;
    const editing = { inputEditing, groupEditing, schedules: this.schedules };
    this.api = mediaLiveApi({ access, unforgiving, channels, inputs, groups, lifecycle, ...editing });
    this.channels = channels;
    this.inputs = inputs;
    this.lifecycle = lifecycle;
    this.metrics = new ChannelMetrics(channels, cloud);
  }

  /** Begins to send metrics. */
  start(): void {
    this.metrics.start();
  }

  /** Ends all runs. */
  async stop(): Promise<void> {
    this.metrics.end();
    this.schedules.end();
    await this.lifecycle.shutDown();
  }

  status(): readonly NodeStatus[] {
    return this.lifecycle.status();
  }

  /** Lists the inputs that are not deleted. */
  allInputs(): readonly Input[] {
    return this.inputs.all();
  }

  /**
   * Returns the endpoints of an input that are listened at: only the first once a channel of one pipeline has the
   * input.
   */
  endpoints({ channel, settings: { source } }: Input): readonly PushEndpoint[] {
    if (source.kind !== 'push') return [];
    const properties = channel === undefined ? undefined : this.channels.find(channel)?.properties;
    return properties?.channelClass === 'SINGLE_PIPELINE' ? source.endpoints.slice(0, 1) : source.endpoints;
  }
}
