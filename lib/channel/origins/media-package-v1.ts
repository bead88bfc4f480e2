import { z } from 'zod';
import { explain } from '../field';
import { given } from '../given';
import { rule } from '../rule';
import type { OriginKind } from './origin-kind';

const format = z.enum(['hls', 'dash', 'cmaf', 'mss']);

const playable = rule<z.infer<typeof format>[]>((formats, problem, raw) => {
  const twice = formats.find((one, index) => one !== undefined && formats.indexOf(one) !== index);
  if (twice !== undefined) problem([], `${given(twice)} was given twice; once is enough`);
  if (!formats.includes('hls') && !formats.includes('dash')) {
    problem(
      [],
      `${Object.values(raw).map(given).join(', ') || 'nothing'} was given; hls or dash must be among them: CloudFormation tells no address of a CMAF endpoint, and the player plays no Smooth Streaming`,
    );
  }
});

const options = {
  formats: z.array(format).default(['hls', 'dash', 'cmaf']).check(playable),
  startOverSeconds: z.int().min(0).max(1_209_600).default(0),
};

/** MediaPackage v1: an endpoint for each format, read by the edge only. */
export const mediaPackageV1 = {
  schema: z.strictObject({ kind: z.literal('media-package-v1'), ...options }),
  hasDefaults: true,
  role: 'packager',
  hevcFormats: [],
  lowLatencyHls: false,
  timedMetadata: 'always',
} as const satisfies OriginKind;

explain(options, {
  formats: {
    what: 'The endpoints of each channel: `hls` (MPEG-TS segments), `dash`, `cmaf` (HLS with CMAF segments), `mss` (Microsoft Smooth Streaming).',
    effect: '`hls` or `dash` must be among them. The demo player plays all but `mss`.',
    local: 'The local run serves all but `mss`.',
    see: 'https://docs.aws.amazon.com/mediapackage/latest/ug/endpoints.html',
  },
  startOverSeconds: {
    what: 'How far back viewers can start, with `?start=` and `?end=` on the URL of a manifest.',
    unit: 'seconds',
    effect: '0 is live only. A channel with `rewind` or `recording` keeps as much as it needs, if that is more.',
    local: 'The local run keeps up to 4 GB of media.',
    see: 'https://docs.aws.amazon.com/mediapackage/latest/ug/time-shifted.html',
  },
});
