import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Properties } from '../../../src/contract';
import { FILE, Trial } from '../control-plane-fixture';
import { channel } from '../fixture';

let trial: Trial;

beforeEach(() => {
  jest.useFakeTimers();
  trial = new Trial();
});

afterEach(() => {
  jest.useRealTimers();
  trial.cloud.remove();
});

const HLS = { Name: 'playlist', Type: 'URL_PULL', Sources: [{ Url: 'https://127.0.0.1:8/a.m3u8' }] } as const;

/** A channel of these inputs, in their order. */
async function channelOf(...inputs: readonly (readonly [input: Properties, network?: Properties])[]) {
  const attachments: Properties[] = [];
  for (const [input, network] of inputs) {
    const { physicalId } = await trial.create('Input', input);
    attachments.push({
      InputId: physicalId,
      InputAttachmentName: `input-${attachments.length}`,
      InputSettings: {
        AudioSelectors: [{ Name: 'default' }],
        ...(network && { NetworkInputSettings: { HlsInputSettings: network } }),
      },
    });
  }
  return trial.create('Channel', channel('', { InputAttachments: attachments }));
}

describe('a channel of several inputs', () => {
  test.each([
    ['no number of segments', undefined],
    ['two segments', { BufferSegments: 2 }],
    ['eleven segments', { BufferSegments: '11' }],
  ])('refuses HLS with %s to begin behind the newest, which is a file to the service', async (_, network) => {
    await expect(channelOf([FILE], [HLS, network])).rejects.toMatchObject({
      code: 'UnprocessableEntityException',
      message:
        'InputAttachments: playlist is HLS without BufferSegments from 3 to 10, which is a file to MediaLive; a channel with several inputs takes none',
    });
  });

  test.each([3, '10'])('takes HLS that begins %s segments behind the newest', async (BufferSegments) => {
    const { physicalId } = await channelOf([FILE], [HLS, { BufferSegments }]);
    expect(await trial.state(physicalId)).toBe('IDLE');
  });

  test('may be given a second input only while HLS is live in it', async () => {
    const { physicalId } = await channelOf([HLS]);
    const file = await trial.create('Input', FILE);
    const before = trial.dataPlane.runs.length;
    const [playlist] = (await trial.call('GET', `/prod/channels/${physicalId}`))['inputAttachments'] as readonly [
      { inputId: string },
    ];
    const one = { InputId: playlist.inputId, InputAttachmentName: 'one' };
    const both = channel('', {
      InputAttachments: [one, { InputId: file.physicalId, InputAttachmentName: 'two' }],
    });
    await expect(trial.update('Channel', physicalId, both, channel(playlist.inputId))).rejects.toThrow(
      'playlist is HLS without BufferSegments',
    );
    expect(trial.dataPlane.runs).toHaveLength(before);
  });
});

describe('a channel with HLS alone', () => {
  test('may read it as a file', async () => {
    const { physicalId } = await channelOf([HLS]);
    expect(await trial.state(physicalId)).toBe('IDLE');
  });
});
