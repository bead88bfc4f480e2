import { patience } from '../shared/patience';
import { patientStore } from '../shared/recordings/patient-store';
import type { RecorderSurroundings } from './surroundings';

/** Wraps the surroundings so that calls are repeated until the deadline. A task of the operator is not wrapped: people ask again. */
export function patient(around: RecorderSurroundings): RecorderSurroundings {
  const { channels, harvester, store, clock, deadline } = around;
  const upTo = (service: string) => patience(service, clock, deadline);
  const [mediaLive, edge, packager] = [upTo('MediaLive'), upTo('The edge'), upTo('MediaPackage')];
  const [cloudFront, sns] = [upTo('CloudFront'), upTo('SNS')];
  return {
    ...around,
    channels: { look: (id) => mediaLive(() => channels.look(id)) },
    media: (channel, since) => edge(() => around.media(channel, since)),
    harvester: {
      start: (harvest) => packager(() => harvester.start(harvest)),
      active: (group) => packager(() => harvester.active(group)),
      cancel: (group, harvest) => packager(() => harvester.cancel(group, harvest)),
    },
    store: patientStore(store, upTo('S3')),
    forget: (path) => cloudFront(() => around.forget(path)),
    notify: (subject, text) => sns(() => around.notify(subject, text)),
  };
}
