import type {
  ApiHandler,
  Catalog,
  Cloud,
  ObjectShelf,
  ResourceProvider,
  ResourceRequest,
  ResourceState,
  Service,
} from '../../contract';
import { AwsError } from '../kit/aws-error';
import { firehoseApi, streamArn } from './api';
import { Delivery } from './delivery';
import { deliveryStreamSettings } from './delivery-stream';
import { checkRoles } from './permissions';

/** Parts of the run that Firehose uses. */
export interface FirehoseOptions {
  readonly shelf: ObjectShelf;
  readonly catalog: Catalog;
}

/**
 * Amazon Data Firehose: streams take JSON and write it to a bucket as Parquet, with the columns of a Glue table. A stream
 * holds 16 MiB at most, and delivers when half of that waits, its seconds have passed in the cloud's time, or the run ends.
 */
export class Firehose implements Service {
  readonly api: Readonly<Record<string, ApiHandler>>;
  /** By name. */
  private readonly streams = new Map<string, Delivery>();

  constructor(
    private readonly cloud: Cloud,
    private readonly options: FirehoseOptions,
  ) {
    this.api = { firehose: firehoseApi({ cloud, streams: this.streams }) };
  }

  readonly resources: Readonly<Record<string, ResourceProvider>> = {
    'AWS::KinesisFirehose::DeliveryStream': {
      create: async (request) => this.create(request),
      update: async (state, request) => {
        const settings = deliveryStreamSettings(request, state.physicalId);
        this.check(settings);
        const stream = this.streams.get(state.physicalId);
        if (stream === undefined) throw new AwsError('ResourceNotFoundException', `${state.physicalId} not found.`);
        stream.settings = settings;
        return state;
      },
      replacedBy: ['DeliveryStreamName', 'DeliveryStreamType'],
      // A stream that is deleted loses what it has not delivered.
      delete: async ({ physicalId }) => {
        this.streams.get(physicalId)?.drop();
        this.streams.delete(physicalId);
      },
    },
  };

  /** Delivers what every stream still holds. */
  async stop(): Promise<void> {
    await Promise.all([...this.streams.values()].map((stream) => stream.flush()));
  }

  private create(request: ResourceRequest): ResourceState {
    const settings = deliveryStreamSettings(request);
    const { name } = settings;
    if (this.streams.has(name)) {
      const sentence = `Firehose ${name} under accountId ${this.cloud.accountId} already exists`;
      throw new AwsError('ResourceInUseException', sentence);
    }
    this.check(settings);
    this.streams.set(name, new Delivery(settings, { cloud: this.cloud, ...this.options }));
    return { physicalId: name, ref: name, attributes: { Arn: streamArn(this.cloud, name) } };
  }

  private check(settings: ReturnType<typeof deliveryStreamSettings>): void {
    checkRoles(settings, { cloud: this.cloud, catalog: this.options.catalog });
    if (this.options.shelf.holds(settings.bucket)) return;
    throw new AwsError('InvalidArgumentException', `The bucket ${settings.bucket} does not exist.`);
  }
}
