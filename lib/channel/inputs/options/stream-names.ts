import { z } from 'zod';
import { explain, stringThat } from '../../field';

const streamName = stringThat(
  (value) => /^[\w.-]{1,64}\/[\w.-]{1,64}$/.test(value),
  'an application and an instance such as live/primary, each of letters, digits, . _ -,',
);

/** The options of every input that publishers send RTMP to. */
export const rtmpNames = { streamNames: z.array(streamName).min(1).max(2).optional() };

explain(rtmpNames, {
  streamNames: {
    what: 'RTMP application and instance of each endpoint, one for a single pipeline and two for two pipelines. Left out: `<channel>/pipeline-0` and `<channel>/pipeline-1`.',
    effect: 'Encoders such as OBS call the instance the stream key.',
    change: { to: ['live/primary'] },
  },
});
