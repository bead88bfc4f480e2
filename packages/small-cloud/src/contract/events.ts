import type { Properties } from './json';

/** An event on EventBridge's default bus. */
export interface CloudEvent {
  /** `aws.medialive`, `aws.cloudformation`. */
  readonly source: string;
  /** `MediaLive Channel State Change`. */
  readonly detailType: string;
  /** ARNs of the resources that the event is about. */
  readonly resources: readonly string[];
  readonly detail: Properties;
}

/** EventBridge's default bus, for the services that put events on it. */
export interface EventBus {
  put(event: CloudEvent): void;
}
