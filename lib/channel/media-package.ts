import { z } from 'zod';
import { field, rule } from './field';

/** What MediaPackage v2 makes when the description does not say. */
const FORMATS = ['ll-hls', 'hls', 'dash', 'hls-ts'] as const;

/** The formats that hold HEVC as players take it: in CMAF. */
export const HEVC_FORMATS: readonly string[] = ['ll-hls', 'hls', 'dash'] satisfies (typeof FORMATS)[number][];

/** A list that says nothing twice. */
const eachOnce = rule('list', (values) =>
  values.flatMap((value, index) =>
    values.indexOf(value) < index
      ? [{ path: [index], message: `${JSON.stringify(value)} was given twice; once is enough` }]
      : [],
  ),
);

/** MediaPackage v2. */
export const mediaPackage = z
  .strictObject({
    kind: z.literal('media-package'),
    formats: field(
      z
        .array(z.enum([...FORMATS, 'mss']))
        .default([...FORMATS])
        .check(
          eachOnce,
          rule('list', (formats) =>
            formats.every((format) => format === 'mss')
              ? [
                  {
                    path: [],
                    message: `${formats.join(', ') || 'nothing'} was given; the player needs one of ${FORMATS.join(', ')}`,
                  },
                ]
              : [],
          ),
        ),
      {
        what: 'The manifests that are made of every channel: `ll-hls`, `hls` and `dash` of CMAF segments, `hls-ts` of MPEG-TS segments for old devices, `mss` (Microsoft Smooth Streaming).',
        effect:
          'A format that is not listed has no URL, and an origin endpoint without a manifest is not made. HEVC is in CMAF segments only. The demo player plays all but `mss`.',
        local: 'The local run serves all but `mss`.',
        see: 'https://docs.aws.amazon.com/mediapackage/latest/APIReference/API_CreateOriginEndpoint.html',
      },
    ),
    startOverSeconds: field(z.number().int().min(60).max(1_209_600).optional(), {
      what: 'How far back viewers can start: `?start=` and `?end=` at a manifest ask for it. Left out, it is what MediaPackage does by itself.',
      unit: 'seconds',
      effect: 'Longer keeps more.',
      local: 'The local run keeps what its manifests list, and refuses `start` and `end`.',
      see: 'https://docs.aws.amazon.com/mediapackage/latest/userguide/start-and-end-parameters-rules.html',
    }),
    forceEndpointErrors: field(
      z
        .array(z.enum(['stale-manifest', 'incomplete-manifest', 'missing-drm-key', 'slate-input']))
        .default([])
        .check(eachOnce),
      {
        what: 'When an endpoint answers with an error in place of a manifest: nothing new comes (`stale-manifest`), there is a gap (`incomplete-manifest`), the key of a new period is missing (`missing-drm-key`: nothing is encrypted here), the encoder sends its slate (`slate-input`).',
        effect:
          'It is for a CDN that has another origin to turn to, such as the same channel in another Region; the edge of this stack has none, so viewers see the error. Empty: the manifest stands still.',
        local: 'The local run answers 404 for `stale-manifest` when nothing came for three segments, and for no other.',
        see: 'https://docs.aws.amazon.com/mediapackage/latest/APIReference/API_ForceEndpointErrorConfiguration.html',
      },
    ),
    ingest: field(z.enum(['media-package', 'cmaf']).default('media-package'), {
      what: 'The output group of MediaLive: `media-package` is made for MediaPackage and names the channel; `cmaf` is CMAF Ingest, which posts every track to an ingest URL of it. Both write CMAF.',
      effect:
        '`media-package` keeps the order of the renditions and tells which is the sound of which. `cmaf` is what `inputSwitching` needs.',
      local: 'The local run encodes and packages both in the same way.',
      see: 'https://docs.aws.amazon.com/mediapackage/latest/userguide/cmaf-ingest.html',
    }),
    inputSwitching: field(z.enum(['lost-input', 'media-quality']).default('lost-input'), {
      what: 'When MediaPackage turns from one pipeline to the other: when nothing comes from it, or already when MediaLive scores its picture and sound lower than those of the other. For channels with two pipelines.',
      effect:
        '`media-quality` needs `ingest: cmaf`, and tells the edge the score in a header. A CloudFront that chooses between two origins by that score is left out: it needs a second channel in a second origin, and this stack has one.',
      local: 'The local run has no score: its origin turns when nothing comes.',
      see: 'https://docs.aws.amazon.com/mediapackage/latest/userguide/cmaf-ingest.html',
    }),
  })
  .check(
    rule('object', ({ ingest = 'media-package', inputSwitching }) =>
      inputSwitching === 'media-quality' && ingest !== 'cmaf'
        ? [
            {
              path: ['inputSwitching'],
              message: `media-quality was given with ingest ${JSON.stringify(ingest)}; MediaLive sends the scores with ingest "cmaf" only`,
            },
          ]
        : [],
    ),
  );
