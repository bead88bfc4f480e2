import { z } from 'zod';
import { explain } from '../field';
import { rule } from '../rule';
import type { OriginKind } from './origin-kind';

/** The formats that MediaPackage v2 makes by default. */
const FORMATS = ['ll-hls', 'hls', 'dash', 'hls-ts'] as const;

/** The formats in CMAF: those in which players take HEVC. */
const IN_CMAF = ['ll-hls', 'hls', 'dash'] as const satisfies readonly (typeof FORMATS)[number][];

const eachOnce = rule<string[]>((values, problem) => {
  for (const [index, value] of values.entries()) {
    if (value !== undefined && values.indexOf(value) < index) {
      problem([index], `${JSON.stringify(value)} was given twice; once is enough`);
    }
  }
});

const playable = rule<string[]>((formats, problem) => {
  if (formats.some((format) => format !== 'mss')) return;
  problem([], `${formats.join(', ') || 'nothing'} was given; the player needs one of ${FORMATS.join(', ')}`);
});

const options = {
  formats: z
    .array(z.enum([...FORMATS, 'mss']))
    .default([...FORMATS])
    .check(eachOnce, playable),
  startOverSeconds: z.int().min(60).max(1_209_600).optional(),
  forceEndpointErrors: z
    .array(z.enum(['stale-manifest', 'incomplete-manifest', 'missing-drm-key', 'slate-input']))
    .default([])
    .check(eachOnce),
  ingest: z.enum(['media-package', 'cmaf']).default('media-package'),
  inputSwitching: z.enum(['lost-input', 'media-quality']).default('lost-input'),
};

const scored = rule<{ readonly ingest: string; readonly inputSwitching: string }>(
  ({ ingest, inputSwitching }, problem) => {
    if (inputSwitching !== 'media-quality' || ingest !== 'media-package') return;
    problem(
      ['inputSwitching'],
      'media-quality was given with ingest "media-package"; MediaLive sends the scores with ingest "cmaf" only',
    );
  },
);

/** MediaPackage v2. */
export const mediaPackage = {
  schema: z.strictObject({ kind: z.literal('media-package'), ...options }).check(scored),
  hasDefaults: true,
  role: 'packager',
  hevcFormats: IN_CMAF,
  lowLatencyHls: true,
  timedMetadata: 'optional',
} as const satisfies OriginKind;

explain(options, {
  formats: {
    what: 'The manifests that are made of every channel: `ll-hls`, `hls` and `dash` of CMAF segments, `hls-ts` of MPEG-TS segments for old devices, `mss` (Microsoft Smooth Streaming).',
    effect:
      'A format that is not listed has no URL, and an origin endpoint without a manifest is not made. HEVC is in CMAF segments only. The demo player plays all but `mss`.',
    local: 'The local run serves all but `mss`.',
    see: 'https://docs.aws.amazon.com/mediapackage/latest/APIReference/API_CreateOriginEndpoint.html',
  },
  startOverSeconds: {
    what: 'How far back viewers can start, with `?start=` and `?end=` on the URL of a manifest. Left out: the default of MediaPackage.',
    unit: 'seconds',
    effect: 'Longer keeps more.',
    local: 'The local run keeps what its manifests list, and refuses `start` and `end`.',
    see: 'https://docs.aws.amazon.com/mediapackage/latest/userguide/start-and-end-parameters-rules.html',
  },
  forceEndpointErrors: {
    what: 'When an endpoint answers with an error in place of a manifest: nothing new comes (`stale-manifest`), there is a gap (`incomplete-manifest`), the key of a new period is missing (`missing-drm-key`: this stack encrypts nothing), the encoder sends its slate (`slate-input`).',
    effect:
      'It is for a CDN that can turn to another origin, such as the same channel in another Region. The edge of this stack has none, so viewers see the error. Empty: the manifest stands still.',
    local:
      'The local run answers 404 for `stale-manifest` when nothing came for three segments, and ignores the other conditions.',
    see: 'https://docs.aws.amazon.com/mediapackage/latest/APIReference/API_ForceEndpointErrorConfiguration.html',
  },
  ingest: {
    what: 'The output group of MediaLive: `media-package` is made for MediaPackage and names the channel; `cmaf` is CMAF Ingest, which posts every track to an ingest URL of it. Both write CMAF.',
    effect:
      '`media-package` preserves the order of the renditions and associates each video rendition with its audio. `inputSwitching` needs `cmaf`.',
    local: 'The local run encodes and packages both in the same way.',
    see: 'https://docs.aws.amazon.com/mediapackage/latest/userguide/cmaf-ingest.html',
  },
  inputSwitching: {
    what: 'When MediaPackage turns from one pipeline to the other: when nothing comes from it, or already when MediaLive scores its video and audio lower than those of the other. For channels with two pipelines.',
    effect:
      '`media-quality` needs `ingest: cmaf`, and tells the edge the score in a header. CloudFront could choose between two origins by that score, but this stack has one origin.',
    local: 'The local run has no score: its origin turns when nothing comes.',
    see: 'https://docs.aws.amazon.com/mediapackage/latest/userguide/cmaf-ingest.html',
  },
});
