import { z } from 'zod';
import { explain, stringThat } from '../../field';

/** The ciphers of SRT. */
export const cipher = z.enum(['AES128', 'AES192', 'AES256']);

/** The options of both ends of an SRT connection. */
export const srtTiming = { latencyMilliseconds: z.int().min(120).max(15_000).default(2_000) };

explain(srtTiming, {
  latencyMilliseconds: {
    what: 'Time that SRT has to fetch lost packets again. The larger of the values of both ends counts.',
    unit: 'milliseconds',
    effect: 'Higher survives worse networks, and adds to the delay of the stream. Four round-trip times are usual.',
    change: { to: 500 },
  },
});

/** An SRT stream id. */
export const streamId = () =>
  stringThat(
    (value) => /^[\x21-\x7e]{1,512}$/.test(value),
    'an SRT stream id of 1 to 512 printable characters without spaces',
  ).optional();
