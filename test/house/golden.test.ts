import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import access from '../../examples/access';
import ads from '../../examples/ads';
import adsMediaConvert from '../../examples/ads-mediaconvert';
import adsNativePlayers from '../../examples/ads-native-players';
import analytics from '../../examples/analytics';
import chat from '../../examples/chat';
import mediatailor from '../../examples/mediatailor';
import polls from '../../examples/polls';
import recording from '../../examples/recording';
import recordingV1 from '../../examples/recording-media-package-v1';
import recordingS3 from '../../examples/recording-s3';
import type { LiveStreamInput } from '../../lib/channel/live-stream';
import { mainChannel, packagerWithOptions, stageChannel, synthesize, type Template } from '../stream/synth';

const CASES: Readonly<Record<string, Partial<LiveStreamInput>>> = {
  'one-channel': {},
  'two-channels': { channels: [mainChannel, stageChannel] },
  'cmaf-ingest': {
    origin: packagerWithOptions,
    channels: [mainChannel, stageChannel],
  },
  'media-package-v1': {
    origin: { kind: 'media-package-v1', formats: ['hls', 'dash', 'cmaf', 'mss'], startOverSeconds: 3600 },
    channels: [mainChannel, stageChannel],
  },
  'media-store-origin': {
    origin: { kind: 'media-store', acknowledgeDiscontinued: true },
    channels: [mainChannel, stageChannel],
  },
  access,
  recording,
  'recording-media-package-v1': recordingV1,
  'recording-s3': { ...recordingS3, channels: [...recordingS3.channels, stageChannel] },
  analytics,
  chat,
  ads,
  'ads-mediaconvert': adsMediaConvert,
  'ads-native-players': adsNativePlayers,
  mediatailor,
  polls,
  's3-origin': { origin: 's3', channels: [mainChannel, stageChannel] },
};

describe('the golden template', () => {
  test.each(Object.entries(CASES))(
    'of %s is what this source writes (UPDATE_GOLDEN=1 rewrites it)',
    (name, overrides) => {
      const file = join(__dirname, '..', 'golden', `${name}.template.json`);
      const text = neutral(synthesize(overrides).template);
      if (process.env['UPDATE_GOLDEN'] === '1') {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
      expect(existsSync(file) ? readFileSync(file, 'utf8') : 'there is no golden template').toBe(text);
    },
  );
});

/** The template without the parts that change with the code of the functions. */
function neutral(template: Template): string {
  return `${JSON.stringify(template, null, 2).replaceAll(/[0-9a-f]{64}/g, '<asset hash>')}\n`;
}
