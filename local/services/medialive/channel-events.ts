import type { CloudEvent } from '../../cloud';
import type { Alert } from './alerts';
import type { ChannelEvent, ChannelState } from './channel-state';

/**
 * What `state` and `message` of a `MediaLive Channel State Change` are. They are not the states of DescribeChannel: a
 * channel that comes to be IDLE is CREATED or STOPPED. Those seen from the service: CREATED, STARTING, RUNNING,
 * STOPPING, STOPPED, DELETED. The others are named after the state.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/monitoring-cloudwatch-json-state-change.html
 */
const TOLD: Readonly<Record<ChannelEvent, readonly [state: string, message: string]>> = {
  created: ['CREATED', 'Created channel'],
  'create-failed': ['CREATE_FAILED', 'Failed to create channel'],
  start: ['STARTING', 'Starting channel'],
  started: ['RUNNING', 'Started channel'],
  'encoder-lost': ['RECOVERING', 'Recovering channel'],
  'encoder-back': ['RUNNING', 'Recovered channel'],
  stop: ['STOPPING', 'Stopping channel'],
  stopped: ['STOPPED', 'Stopped channel'],
  update: ['UPDATING', 'Updating channel'],
  updated: ['UPDATED', 'Updated channel'],
  'update-failed': ['UPDATE_FAILED', 'Failed to update channel'],
  delete: ['DELETING', 'Deleting channel'],
  deleted: ['DELETED', 'Deleted channel'],
};

/** How many pipelines of a channel encode: only pipeline 0 does here. */
export function pipelinesRunning(state: ChannelState): number {
  return state === 'RUNNING' ? 1 : 0;
}

/** The event that tells of a change of a channel's state. */
export function stateEvent(channelArn: string, event: ChannelEvent, state: ChannelState): CloudEvent {
  const [told, message] = TOLD[event];
  const detail = { channel_arn: channelArn, state: told, message, pipelines_running_count: pipelinesRunning(state) };
  return {
    source: 'aws.medialive',
    detailType: 'MediaLive Channel State Change',
    resources: [channelArn],
    detail: told === 'RUNNING' || told === 'RECOVERING' ? { ...detail, pipeline: '0' } : detail,
  };
}

/** The event that tells that an alert is up, or cleared. */
export function alertEvent(channelArn: string, { id, type, message, pipeline, clearedAt }: Alert): CloudEvent {
  return {
    source: 'aws.medialive',
    detailType: 'MediaLive Channel Alert',
    resources: [channelArn],
    detail: {
      alarm_state: clearedAt === undefined ? 'SET' : 'CLEARED',
      alarm_id: id,
      alert_type: type,
      pipeline: String(pipeline),
      channel_arn: channelArn,
      message,
    },
  };
}
