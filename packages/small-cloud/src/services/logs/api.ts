import type { ApiHandler, Cloud } from '../../contract';
import { authorized } from '../kit/authorized';
import { AwsError } from '../kit/aws-error';
import { type JsonOperation, jsonHandler } from '../kit/json-protocol';
import { filterLogEvents, MOST_LINES } from './filter-log-events';
import type { LogStore } from './log-store';

/** Parts of CloudWatch Logs that its API shows. */
export interface LogsApiSubject {
  readonly cloud: Pick<Cloud, 'access' | 'partition' | 'region' | 'accountId'>;
  readonly store: LogStore;
}

const ACCESS_DENIED = { code: 'AccessDeniedException', status: 400 } as const;

/**
 * Makes the handler of the part of CloudWatch Logs' API that reads log groups.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export function logsApi({ cloud, store }: LogsApiSubject): ApiHandler {
  const FilterLogEvents: JsonOperation = (input, request) => {
    const group = input.text('logGroupName');
    const filter = {
      startTime: input.maybeNumber('startTime') ?? 0,
      endTime: input.maybeNumber('endTime') ?? Number.MAX_SAFE_INTEGER,
      limit: input.whole('limit', 1, MOST_LINES, MOST_LINES),
      nextToken: input.maybeText('nextToken'),
    };
    input.withoutEffect('interleaved').end();
    const resource = `arn:${cloud.partition}:logs:${cloud.region}:${cloud.accountId}:log-group:${group}`;
    authorized(cloud.access, request.roleArn, { action: 'logs:FilterLogEvents', resource }, ACCESS_DENIED);
    const events = store.events(group);
    if (events === undefined) {
      throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    }
    return filterLogEvents(events, filter);
  };
  return jsonHandler({ name: 'CloudWatch Logs', target: 'Logs_20140328', operations: { FilterLogEvents } });
}
