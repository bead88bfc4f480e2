import {
  CancelJobCommand,
  CreateJobCommand,
  type CreateJobCommandInput,
  GetJobCommand,
  MediaConvertClient,
} from '@aws-sdk/client-mediaconvert';
import { clientSettings, type Place } from './aws-service';

/** A job of MediaConvert. */
export interface EncodeJob {
  readonly status: 'SUBMITTED' | 'PROGRESSING' | 'COMPLETE' | 'CANCELED' | 'ERROR';
  /** 0 to 100; undefined where MediaConvert does not tell it. */
  readonly percent: number | undefined;
  /** MediaConvert's sentence and code of an error. */
  readonly error: string | undefined;
}

/** The calls of MediaConvert that ads need. They reject with the errors of the SDK. */
export interface EncodeService {
  /** @returns the id of the job */
  create(job: CreateJobCommandInput): Promise<string>;
  look(id: string): Promise<EncodeJob>;
  cancel(id: string): Promise<void>;
}

/** Makes the service that calls MediaConvert. */
export function awsEncoder(place: Place): EncodeService {
  const client = new MediaConvertClient(clientSettings(place));
  return {
    async create(job) {
      const { Job } = await client.send(new CreateJobCommand(job));
      return Job?.Id ?? '';
    },
    async look(id) {
      const { Job } = await client.send(new GetJobCommand({ Id: id }));
      const { Status = 'SUBMITTED', JobPercentComplete, ErrorCode, ErrorMessage } = Job ?? {};
      const error =
        ErrorCode === undefined ? undefined : `${ErrorMessage ?? 'no reason was given'} (error ${ErrorCode})`;
      return { status: Status, percent: JobPercentComplete ?? undefined, error };
    },
    async cancel(id) {
      await client.send(new CancelJobCommand({ Id: id }));
    },
  };
}
