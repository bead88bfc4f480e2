import { CustomResource } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct, type IConstruct, type IDependable } from 'constructs';
import type { LiveStream } from '../channel/live-stream';
import type { Bundles } from '../stream/bundles';
import type { OriginChannel } from '../stream/origin/origin';
import { serviceTimeout } from '../stream/stack-function';
import type { Viewing } from '../stream/viewing';
import { CatalogueFunction } from './catalogue-function';
import { harvestsOf } from './harvests';
import { isRecorded, type RecordingChannel } from './recorded';
import { RECORDER_TIMEOUT, RecorderFunction } from './recorder-function';

/** A channel, with the resources that come before and after its recording. */
interface StartedChannel extends RecordingChannel {
  readonly origin: Pick<OriginChannel, 'harvest' | 'resources'>;
  readonly state: { readonly run: IConstruct };
}

/** The properties of the recording. */
export interface RecordingProps {
  readonly bundles: Pick<Bundles, 'recorder' | 'catalogue'>;
  /** The channels of the stack, recorded or not. */
  readonly channels: readonly StartedChannel[];
  readonly bucket: Bucket;
  /** Resource that empties the bucket, where it is deleted with the stack. */
  readonly emptied: IDependable;
  readonly keep: LiveStream['recordings'];
  readonly distribution: Distribution;
  readonly notices: ITopic;
  /** Means to watch private channels. @default all channels are public */
  readonly viewing: Viewing | undefined;
}

/**
 * Makes a recording of every run of some channels: a function that notes when they begin and end and has MediaPackage
 * harvest what lies between, and one that lists what was harvested.
 *
 * The channels are started after both are there, and stopped before they go.
 */
export class Recording extends Construct {
  /** Name of the function that an operator makes clips with. */
  readonly recorderFunction: string;
  readonly bucketName: string;
  /** Bucket that stays when the stack is deleted. */
  readonly retained: Bucket | undefined;

  constructor(scope: Construct, id: string, props: RecordingProps) {
    super(scope, id);
    const { bundles, bucket, emptied, keep, distribution, notices, viewing } = props;
    const channels = props.channels.filter(({ channel }) => isRecorded(channel));
    const harvests = harvestsOf(this, channels, bucket);
    const shared = { channels, bucket, harvests, notices, withAccess: viewing !== undefined, after: [emptied] };
    const catalogue = new CatalogueFunction(this, 'Catalogue', { ...shared, bundle: bundles.catalogue });
    const recorder = new RecorderFunction(this, 'Recorder', {
      ...shared,
      bundle: bundles.recorder,
      distribution,
      viewing,
      told: harvests.ended === undefined ? catalogue.made : undefined,
    });
    const kept = new CustomResource(this, 'Kept', {
      resourceType: 'Custom::Recordings',
      serviceToken: recorder.made.lambda.functionArn,
      serviceTimeout: serviceTimeout(RECORDER_TIMEOUT),
      properties: { Retained: String(keep === 'retain'), Bucket: bucket.bucketName },
    });
    // The order is reversed on deletion: the channels, the last harvests, then what hears of them.
    kept.node.addDependency(recorder.made.bounded, recorder.events, catalogue.events, bucket, emptied);
    for (const { origin, state } of channels) {
      kept.node.addDependency(origin.resources);
      if (origin.harvest?.media !== undefined) kept.node.addDependency(origin.harvest.media.kept);
      state.run.node.addDependency(kept);
    }
    this.recorderFunction = recorder.made.lambda.functionName;
    this.bucketName = bucket.bucketName;
    this.retained = keep === 'retain' ? bucket : undefined;
  }
}
