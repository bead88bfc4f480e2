import { patience } from '../shared/patience';
import { patientStore } from '../shared/recordings/patient-store';
import type { CatalogueSurroundings } from './surroundings';

/**
 * Wraps the surroundings so that calls are repeated.
 *
 * @param deadline - time to give up, in milliseconds since 1970.
 */
export function patient(around: CatalogueSurroundings, deadline: number): CatalogueSurroundings {
  const { store, pictures, converter, clock } = around;
  const upTo = (service: string) => patience(service, clock, deadline);
  const [s3, packager, mediaConvert, sns] = [upTo('S3'), upTo('MediaPackage'), upTo('MediaConvert'), upTo('SNS')];
  return {
    ...around,
    store: patientStore(store, s3),
    pictures: {
      keys: (prefix) => s3(() => pictures.keys(prefix)),
      copy: (from, to, headers) => s3(() => pictures.copy(from, to, headers)),
      write: (key, body, headers) => s3(() => pictures.write(key, body, headers)),
    },
    harvest: (channel, target, name) => packager(() => around.harvest(channel, target, name)),
    converter: {
      // MediaConvert remembers the token of a job for a minute, so a lost answer seldom makes two.
      start: (job) => mediaConvert(() => converter.start(job)),
      job: (id) => mediaConvert(() => converter.job(id)),
    },
    notify: (subject, text) => sns(() => around.notify(subject, text)),
  };
}
