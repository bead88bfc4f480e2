import type { RecordedChannel } from '../shared/recordings/recorded-channel';

/** The members of the events that the function hears; a sweep has none of them. */
export interface Heard {
  readonly detail?: {
    /** Of MediaPackage v2. */
    readonly harvestJob?: { readonly channelName?: string };
    /** Of MediaPackage v1. */
    readonly harvest_job?: { readonly id?: string; readonly origin_endpoint_id?: string };
    readonly message?: string;
    /** Of the recorder, which has written a recording itself. */
    readonly written?: { readonly channel?: string };
    /** Of MediaConvert. */
    readonly userMetadata?: { readonly channel?: string };
  };
}

/** The channel that something was heard of; undefined for a sweep. */
interface HeardOf {
  readonly channel: string | undefined;
  /** Why harvests failed, by their ids: MediaPackage v1 tells it with the event only. */
  readonly reasons: ReadonlyMap<string, string>;
}

/** Reads an event. */
export function heardOf({ detail = {} }: Heard, recorded: readonly RecordedChannel[]): HeardOf {
  const { harvestJob, harvest_job: v1, message, written, userMetadata } = detail;
  const reasons = new Map<string, string>();
  if (v1?.id !== undefined && message !== undefined) reasons.set(v1.id, message);
  const ofV1 = recorded.find(({ harvests }) => harvests.some(({ endpoint }) => endpoint === v1?.origin_endpoint_id));
  const channel = harvestJob?.channelName ?? ofV1?.name ?? written?.channel ?? userMetadata?.channel;
  return { channel, reasons };
}
