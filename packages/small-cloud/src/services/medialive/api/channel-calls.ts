import { isSet } from '../contract/alert';
import { ServiceError } from '../contract/service-error';
import { type Channel, pipelinesOf } from '../control/channel';
import { type ApiSubject, type Asked, type Call, onlyKeys, target, texts } from './call';
import { page } from './page';
import { alertShape, channelShape, channelSummary } from './shapes';

const channelTarget = ({ channels }: ApiSubject, { id }: Asked) => target(channels, id);

/** The calls about channels. */
export const CHANNEL_CALLS: readonly Call[] = [
  change('StartChannel', 'POST', '/start', ({ lifecycle }, channel) => lifecycle.start(channel)),
  change('StopChannel', 'POST', '/stop', ({ lifecycle }, channel) => lifecycle.stop(channel)),
  change('DeleteChannel', 'DELETE', '', ({ lifecycle }, channel) => void lifecycle.delete(channel)),
  change('RestartChannelPipelines', 'POST', '/restartChannelPipelines', ({ lifecycle }, channel, asked) => {
    const body = asked.body();
    onlyKeys(body, 'pipelineIds');
    const ids = texts(body, 'pipelineIds');
    const all = pipelinesOf(channel);
    const wrong = ids.find((id) => !all.some((pipeline) => id === pipelineId(pipeline)));
    if (wrong !== undefined) {
      const words = `pipelineIds: channel ${channel.id} has no ${wrong}; it has ${all.map(pipelineId).join(' and ')}`;
      throw new ServiceError('BadRequestException', words);
    }
    lifecycle.restart(channel, ids.length === 0 ? all : all.filter((pipeline) => ids.includes(pipelineId(pipeline))));
  }),
  {
    action: 'DescribeChannel',
    method: 'GET',
    path: /^\/prod\/channels\/([^/]+)$/,
    targets: channelTarget,
    answer: ({ channels }, { id }) => channelShape(channels.described(id)),
  },
  {
    action: 'ListChannels',
    method: 'GET',
    path: /^\/prod\/channels$/,
    targets: () => [],
    answer: ({ channels }, { query }) => page('channels', channels.listed().map(channelSummary), query),
  },
  {
    action: 'ListAlerts',
    method: 'GET',
    path: /^\/prod\/channels\/([^/]+)\/alerts$/,
    // IAM grants ListAlerts on no type of resource, so the tags of the channel do not count either.
    targets: () => [],
    answer: ({ channels }, { id, query }) => {
      const filter = query.get('stateFilter');
      if (filter !== null && filter !== 'SET' && filter !== 'CLEARED') {
        throw new ServiceError('BadRequestException', `stateFilter: ${filter} was given; SET or CLEARED is needed`);
      }
      const alerts = channels.get(id).alerts.all();
      const wanted = alerts.filter((alert) => filter === null || isSet(alert) === (filter === 'SET'));
      return page('alerts', wanted.map(alertShape), query);
    },
  },
  batch('BatchStart', 'start', ({ lifecycle }, channel) => lifecycle.start(channel)),
  batch('BatchStop', 'stop', ({ lifecycle }, channel) => lifecycle.stop(channel)),
];

/** Returns the API's id of a pipeline. */
function pipelineId(pipeline: number): string {
  return `PIPELINE_${pipeline}`;
}

/** Makes a call that changes the state of a channel, and answers with the channel. */
function change(
  action: string,
  method: string,
  suffix: string,
  act: (subject: ApiSubject, channel: Channel, asked: Asked) => void,
): Call {
  return {
    action,
    method,
    path: new RegExp(`^/prod/channels/([^/]+)${suffix}$`),
    targets: channelTarget,
    answer: (subject, asked) => {
      const channel = subject.channels.get(asked.id);
      act(subject, channel, asked);
      return channelShape(channel);
    },
  };
}

/** Makes a call that does the same to several channels, and answers for each of them. */
function batch(action: string, verb: string, act: (subject: ApiSubject, channel: Channel) => void): Call {
  const channelIds = (asked: Asked) => {
    onlyKeys(asked.body(), 'channelIds');
    return texts(asked.body(), 'channelIds');
  };
  return {
    action,
    method: 'POST',
    path: new RegExp(`^/prod/batch/${verb}$`),
    targets: ({ channels }, asked) => channelIds(asked).flatMap((id) => target(channels, id)),
    answer: (subject, asked) => {
      const failed: unknown[] = [];
      const successful: unknown[] = [];
      for (const id of channelIds(asked)) {
        const arn = subject.channels.arn(id);
        try {
          const channel = subject.channels.get(id);
          act(subject, channel);
          successful.push({ arn, id, state: channel.state });
        } catch (error) {
          if (!(error instanceof ServiceError)) throw error;
          failed.push({ arn, id, code: error.code, message: error.message });
        }
      }
      return { failed, successful };
    },
  };
}
