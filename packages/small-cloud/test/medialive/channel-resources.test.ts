import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { channel, PACKAGER_ARN, ROLE } from './fixture';
import { ARN, close, cloud, create, createChannel, file, open, pushed, service, source } from './resources-fixture';

beforeEach(open);

afterEach(close);

describe('a channel', () => {
  test('is known by its id, and asks for its role in the name of its own ARN', async () => {
    const input = await create('Input', file());
    const { ref, attributes } = await create('Channel', channel(input.physicalId));
    const arn = `${ARN}:channel:${ref}`;
    expect(attributes).toEqual({ Arn: arn, Id: ref, Inputs: [input.physicalId] });
    expect(cloud.access.asked).toEqual([
      `medialive.amazonaws.com ${JSON.stringify({ 'aws:SourceAccount': '111122223333', 'aws:SourceArn': arn })}`,
      `${ROLE} mediapackagev2:PutObject ${PACKAGER_ARN}`,
      `${ROLE} mediapackagev2:GetChannel ${PACKAGER_ARN}`,
      `${ROLE} s3:GetObject arn:aws:s3:::media/clip.mp4`,
    ]);
  });

  test('refuses a role that does not trust MediaLive', async () => {
    cloud.access.trusts = false;
    await expect(createChannel(file())).rejects.toThrow('does not let medialive.amazonaws.com assume it');
  });

  test.each([
    ['mediapackagev2:PutObject', PACKAGER_ARN],
    ['mediapackagev2:GetChannel', PACKAGER_ARN],
    ['s3:GetObject', 'arn:aws:s3:::media/clip.mp4'],
  ])('refuses a role that does not allow %s, and names the resource', async (action, resource) => {
    cloud.access.denied = [action];
    await expect(createChannel(file())).rejects.toMatchObject({
      code: 'AccessDeniedException',
      message: `channel main: ${ROLE} does not allow ${action} on ${resource}`,
    });
  });

  test('refuses a packager channel that there is not', async () => {
    const target = { ChannelGroup: 'live', ChannelName: 'other' };
    const destinations = { Destinations: [{ Id: 'packager', MediaPackageSettings: [target] }] };
    await expect(createChannel(file(), destinations)).rejects.toThrow('no MediaPackage v2 channel other');
  });

  test('refuses an input that another channel has', async () => {
    const input = await create('Input', file());
    const first = await create('Channel', channel(input.physicalId));
    await expect(create('Channel', channel(input.physicalId))).rejects.toThrow(
      `inputId=${input.physicalId} is already attached to channel ${first.physicalId}`,
    );
  });

  test('of class STANDARD refuses an input with one source, and takes one with two', async () => {
    const standard = { ChannelClass: 'STANDARD' };
    await expect(createChannel(file(), standard)).rejects.toThrow('needs an input with two sources or destinations');
    await createChannel({ ...file(), Sources: [source(), source()] }, standard);
  });

  test('of class STANDARD listens for two publishers, and encodes each', async () => {
    const { physicalId } = await createChannel(await pushed({ streams: ['live/a', 'live/b'] }), {
      ChannelClass: 'STANDARD',
    });
    const start = { method: 'POST', path: `/prod/channels/${physicalId}/start`, headers: {}, body: Buffer.alloc(0) };
    await service.api['medialive']?.({ ...start, query: new URLSearchParams(), roleArn: undefined });
    expect(service.status().map(({ node }) => node)).toEqual([
      'input camera',
      'encoder main',
      'input camera (pipeline 1)',
      'encoder main (pipeline 1)',
    ]);
  });

  test('takes the settings of a network input, which have no effect', async () => {
    const hls = { BufferSegments: 3, Retries: 10, RetryInterval: 3, Bandwidth: 5_000_000, Scte35Source: 'MANIFEST' };
    const network = { HlsInputSettings: hls, ServerValidation: 'CHECK_CRYPTOGRAPHY_ONLY' };
    const { physicalId } = await create('Input', file());
    const settings = { AudioSelectors: [{ Name: 'default' }], NetworkInputSettings: network };
    await create(
      'Channel',
      channel(physicalId, { InputAttachments: [{ InputId: physicalId, InputSettings: settings }] }),
    );
    for (const name of Object.keys(hls)) {
      expect(cloud.told.at(-1)).toContain(`InputSettings.NetworkInputSettings.HlsInputSettings.${name}`);
    }
    const multicast = { NetworkInputSettings: { MulticastInputSettings: { SourceIpAddress: '127.0.0.1' } } };
    const attachment = { InputId: physicalId, InputSettings: multicast };
    await expect(create('Channel', channel(physicalId, { InputAttachments: [attachment] }))).rejects.toThrow(
      'NetworkInputSettings.MulticastInputSettings is not modelled',
    );
  });

  test('is called on the screen by its name without that of the stack', async () => {
    await createChannel({ ...file(), Name: 'live-main' }, { Name: 'live-main' });
    expect(service.status().map(({ node }) => node)).toEqual(['encoder main']);
  });

  test('of one pipeline takes an input with two sources', async () => {
    await createChannel({ ...file(), Sources: [source(), source()] });
  });
});
