/** RTMP with two pipelines over CMAF Ingest: MediaPackage serves the pipeline with the better quality score. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  origin: { kind: 'media-package', ingest: 'cmaf', inputSwitching: 'media-quality' },
  channels: [
    {
      name: 'main',
      input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'] },
      redundancy: 'two-pipelines',
    },
  ],
} satisfies LiveStreamInput;
