import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readDescription } from '../../bin/live-streaming/description';
import type { LiveStreamInput } from '../../lib/channel/live-stream';
import { resources, synthesize } from '../stream/synth';

const FOLDER = resolve(__dirname, '..', '..', 'examples');

describe('the examples', () => {
  test.each(readdirSync(FOLDER))('%s is a description that synthesizes', (file) => {
    const stream: LiveStreamInput = readDescription(join(FOLDER, file));
    expect(resources(synthesize(stream).template, 'AWS::MediaLive::Channel')).toHaveLength(stream.channels.length);
  });
});
