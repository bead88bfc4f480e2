import type { CloudEvent, Value } from '../../../contract';
import { groupDetails, type Job } from './job';

/**
 * Makes the event of a job's state. MediaConvert sends none for SUBMITTED. The local run sends no INPUT_INFORMATION and
 * no STATUS_UPDATE, and measures no quality.
 *
 * @param at - time of the change, in milliseconds since 1970.
 * @see https://docs.aws.amazon.com/mediaconvert/latest/ug/mediaconvert_event_list.html
 */
export function jobEvent(job: Job, accountId: string, at: number): CloudEvent {
  const detail: Record<string, Value> = {
    timestamp: at,
    accountId,
    queue: job.queue,
    jobId: job.id,
    status: job.state,
    userMetadata: job.userMetadata,
  };
  if (job.error !== undefined) {
    detail['errorCode'] = job.error.code;
    detail['errorMessage'] = job.error.message;
  }
  if (job.state === 'COMPLETE') {
    detail['outputGroupDetails'] = groupDetails(job);
    detail['paddingInserted'] = 0;
    detail['blackVideoDetected'] = 0;
  }
  return { source: 'aws.mediaconvert', detailType: 'MediaConvert Job State Change', resources: [job.arn], detail };
}
