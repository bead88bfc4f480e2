import type { CloudEvent } from '../../../contract';
import type { Alert } from '../contract/alert';
import type { ChannelEvent } from './channel-state';

/**
 * State and message of each `MediaLive Channel State Change`. They differ from the states of DescribeChannel: a channel
 * that becomes IDLE is CREATED or STOPPED. Seen from the service: CREATED, STARTING, RUNNING, STOPPING, STOPPED,
 * DELETED. The others are named after the state.
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

/**
 * Makes the event of a change of a channel's state.
 *
 * @param running - number of pipelines that run from now on.
 * @param pipeline - the pipeline whose encoder runs, or is lost; ignored for other events.
 */
export function stateEvent(channelArn: string, event: ChannelEvent, running: number, pipeline: number): CloudEvent {
  const [told, message] = TOLD[event];
  const detail = { channel_arn: channelArn, state: told, message, pipelines_running_count: running };
  return {
    source: 'aws.medialive',
    detailType: 'MediaLive Channel State Change',
    resources: [channelArn],
    detail: told === 'RUNNING' || told === 'RECOVERING' ? { ...detail, pipeline: String(pipeline) } : detail,
  };
}

/** Makes the event of an alert that is raised or cleared. */
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
