import {
  FirehoseClient,
  LimitExceededException,
  PutRecordCommand,
  ServiceUnavailableException,
} from '@aws-sdk/client-firehose';
import { systemClock } from '../shared/clock';
import { setting } from '../shared/setting';
import { type CollectorSurroundings, collect, type ReportAnswer, type ReportRequest } from './handler';

// A player waits for the answer, and comes back when there is none.
const firehose = new FirehoseClient({
  maxAttempts: 2,
  requestHandler: { requestTimeout: 3000, connectionTimeout: 1500 },
});

const around: CollectorSurroundings = {
  stack: setting('STACK_NAME'),
  channels: JSON.parse(setting('CHANNELS')) as readonly string[],
  put: async (record) => {
    const Record = { Data: Buffer.from(record) };
    await firehose.send(new PutRecordCommand({ DeliveryStreamName: setting('STREAM_NAME'), Record }));
  },
  isThrottled: (error) => error instanceof ServiceUnavailableException || error instanceof LimitExceededException,
  // The bare line: console.log would put the time and the request before it.
  write: (line) => void process.stdout.write(`${line}\n`),
  now: systemClock.now,
};

/** Invoked by players, through the edge. */
export function handler(request: ReportRequest): Promise<ReportAnswer> {
  return collect(request, around);
}
