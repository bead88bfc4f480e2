import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readDescription } from '../../bin/live-streaming/description';
import mediatailor from '../../examples/mediatailor';
import type { LiveStreamInput } from '../../lib/channel/live-stream';
import { mainChannel, packagerWithOptions, stageChannel, synthesize } from '../stream/synth';
import { tellAbsent } from './judges/python';

type Channel = LiveStreamInput['channels'][number];

const EXAMPLES = resolve(__dirname, '..', '..', 'examples');

/** Most channels in one stack. */
const MOST_CHANNELS = 10;

/** Lists stacks with the channels of all examples under distinct names, as few as their origins and access allow. */
function examples(): readonly LiveStreamInput[] {
  const alike = new Map<string, Pick<LiveStreamInput, 'origin' | 'access'> & { readonly channels: Channel[] }>();
  for (const file of readdirSync(EXAMPLES)) {
    const { origin, access, channels } = readDescription(join(EXAMPLES, file));
    const key = JSON.stringify([origin, access]);
    const group = alike.get(key) ?? { origin, access, channels: [] };
    alike.set(key, group);
    const stem = file.replace(/\.ts$/, '');
    group.channels.push(...channels.map((channel, index) => ({ ...channel, name: `${stem}-${index}` })));
  }
  return [...alike.values()].flatMap(({ origin, access, channels }) =>
    Array.from({ length: Math.ceil(channels.length / MOST_CHANNELS) }, (_, stack) => ({
      origin,
      access,
      channels: channels.slice(stack * MOST_CHANNELS, (stack + 1) * MOST_CHANNELS),
    })),
  );
}

const there = spawnSync('cfn-lint', ['--version']).status === 0;

describe('the templates', () => {
  // cdk-nag and CDK's own validation run in every synthesize().
  test(there ? 'pass cfn-lint without an error' : 'are not checked by cfn-lint, which is not installed', () => {
    if (!there) {
      tellAbsent('cfn-lint', 'the templates of the examples');
      return;
    }
    const described: readonly Partial<LiveStreamInput>[] = [
      { channels: [mainChannel, stageChannel] },
      ...examples(),
      {
        channels: (['uhd-2160p', 'sports', 'slides'] as const).map((ladder) => ({
          ...mainChannel,
          name: ladder,
          ladder,
        })),
      },
      { origin: 's3', channels: [{ ...mainChannel, ladder: 'audio-only' }] },
      {
        origin: packagerWithOptions,
        channels: [mainChannel, stageChannel],
      },
      mediatailor,
      { origin: { kind: 'media-package-v1', formats: ['hls', 'dash', 'cmaf', 'mss'] } },
    ];
    const files = described.map((description) => synthesize(description).file);
    const { status, stdout, stderr } = spawnSync('cfn-lint', ['--non-zero-exit-code', 'error', '--', ...files], {
      encoding: 'utf8',
    });
    expect({ status, errors: `${stdout}${stderr}`.split('\n').filter((line) => line.startsWith('E')) }).toEqual({
      status: 0,
      errors: [],
    });
  });
});
