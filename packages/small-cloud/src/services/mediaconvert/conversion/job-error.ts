/**
 * The end of a job that MediaConvert could not do, with MediaConvert's code.
 *
 * @see https://docs.aws.amazon.com/mediaconvert/latest/ug/mediaconvert_error_codes.html
 */
export class JobError extends Error {
  override readonly name = 'JobError';

  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** The codes that the local run ends jobs with. */
export const JOB_ERRORS = {
  noVideo: 1020,
  noAudio: 1021,
  clip: 1060,
  denied: 1401,
  missing: 1404,
  untrusted: 1434,
  unknown: 1999,
  hls: 3400,
} as const;

/** Makes the error of an HLS input that MediaConvert does not read. */
export function hlsError(url: string, reason: string): JobError {
  return new JobError(JOB_ERRORS.hls, `Unable to open input file [${url}]: [Failed probe/open: [${reason}]]`);
}

/** Makes the error of a setting or an input that AWS takes and the local run does not model. */
export function unmodelledJob(reason: string): JobError {
  return new JobError(JOB_ERRORS.unknown, `${reason} is not modelled by the local MediaConvert`);
}
