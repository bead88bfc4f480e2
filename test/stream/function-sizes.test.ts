import { describe, expect, test } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { Gate } from '../../lib/access/gate';
import type { AccessChannel } from '../../lib/access/private-channel';
import { synth } from './synth';

/** Makes a gate of a given size for one channel, without its settings. */
function gate(bytes: number): Gate {
  const channel = {
    channel: { name: 'main' },
    origin: { folders: ['/out/v1/live/main/'] },
  } as unknown as AccessChannel;
  const code = 'x'.repeat(bytes);
  return new Gate(new Stack(new App(), 'Live'), 'Gate', { code, channels: [channel], open: [], countries: undefined });
}

describe('the function at the edge', () => {
  test('may have 10 KB with its settings', () => {
    expect(() => gate(10_000)).not.toThrow();
  });

  test('is refused above that, with its size and what makes it smaller', () => {
    expect(() => gate(10_200)).toThrow(
      /channels: 1 channels with 1 folders and 0 countries make a function at the edge of 10\d{3} bytes; CloudFront takes at most 10240: give fewer/,
    );
  });
});

describe('the variables of a function', () => {
  test('are refused above 4 KB, with the one that takes most', () => {
    const moderatorGroups = Array.from({ length: 10 }, (_, index) => `moderators-${index}`.padEnd(64, 'x'));
    const channels = Array.from({ length: 10 }, (_, index) => ({
      name: `channel-${index}`,
      input: { kind: 'test-clip' as const },
      chat: { moderatorGroups },
    }));
    const description = { access: { signIn: 'cognito' as const }, channels: channels as never };
    expect(() => synth(description)).toThrow(
      /the variables of this function have \d{4} bytes, most of them ROOMS; Lambda takes at most 4096: give fewer channels/,
    );
  });
});
