import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readDescription } from '../../bin/live-streaming/description';
import type { LiveStreamInput } from '../../lib/channel/live-stream';
import { mainChannel, packagerWithOptions, stageChannel, synthesize } from '../stream/synth';
import { tellAbsent } from './judges/python';

type Channel = LiveStreamInput['channels'][number];

const EXAMPLES = resolve(__dirname, '..', '..', 'examples');

/** Channels of all examples under distinct names, in as few stacks as possible, ten in each. */
function examples(): readonly (readonly Channel[])[] {
  const channels = readdirSync(EXAMPLES).flatMap((file) =>
    readDescription(join(EXAMPLES, file)).channels.map((channel, index) => ({
      ...channel,
      name: `${file.replace(/\.ts$/, '')}-${index}`,
    })),
  );
  return Array.from({ length: Math.ceil(channels.length / 10) }, (_, stack) =>
    channels.slice(stack * 10, stack * 10 + 10),
  );
}

const there = spawnSync('cfn-lint', ['--version']).status === 0;

describe('the templates', () => {
  // cdk-nag and CDK's own validation run in every synthesize() of every test.
  test(there ? 'pass cfn-lint without an error' : 'are not checked by cfn-lint, which is not installed', () => {
    if (!there) {
      tellAbsent('cfn-lint', 'the templates of the examples');
      return;
    }
    const described: readonly Partial<LiveStreamInput>[] = [
      ...[[mainChannel, stageChannel], ...examples()].map((channels) => ({ channels: [...channels] })),
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
