import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Bench, CHANNEL, ENDPOINT, GROUP, GROUP_ARN, MANIFESTS, uris } from '../fixture';

let bench: Bench;

beforeEach(async () => {
  bench = await Bench.start();
});

afterEach(() => bench.stop());

const ARN = `${GROUP_ARN}/channel/main/originEndpoint/cmaf`;
const WAS = { physicalId: ARN, ref: ARN, attributes: { Arn: ARN, ModifiedAt: 'before' } };

describe('updating an origin endpoint', () => {
  test('changes its manifests and keeps the media and the policy', async () => {
    await bench.playing(7);
    const before = uris((await bench.read('index_video.m3u8')).body);
    const now = await bench.update('OriginEndpoint', WAS, {
      ...ENDPOINT,
      ...MANIFESTS,
      HlsManifests: [{ ManifestName: 'live', ManifestWindowSeconds: 60 }],
    });
    expect(now.ref).toBe(ARN);
    expect(now.attributes['ModifiedAt']).not.toBe('before');
    expect(now.attributes['HlsManifestUrls']).toEqual([
      expect.stringMatching(/\/out\/v1\/live\/main\/cmaf\/live\.m3u8$/),
    ]);
    expect((await bench.read('index.m3u8')).status).toBe(404);
    expect(uris((await bench.read('live_video.m3u8')).body)).toEqual(before);
  });

  test('cuts the kept media again when the segment length changes', async () => {
    await bench.playing(9);
    await bench.update('OriginEndpoint', WAS, { ...ENDPOINT, ...MANIFESTS, Segment: { SegmentDurationSeconds: 2 } });
    const text = (await bench.read('index_video.m3u8')).body.toString();
    expect(text).toContain('#EXT-X-TARGETDURATION:2');
    expect(uris(Buffer.from(text)).length).toBeGreaterThan(0);
  });

  test('changes nothing when the update is refused', async () => {
    await bench.playing(5);
    const act = bench.update('OriginEndpoint', WAS, {
      ...ENDPOINT,
      ...MANIFESTS,
      MssManifests: [{ ManifestName: 'index' }],
    });
    await expect(act).rejects.toThrow('MssManifests need ISM');
    expect((await bench.read('index.m3u8')).status).toBe(200);
  });
});

describe('updating other resources of MediaPackage', () => {
  test('changes who may read an endpoint', async () => {
    await bench.playing(5);
    const was = { physicalId: 'live|main|cmaf', ref: 'live|main|cmaf', attributes: {} };
    const Statement = [{ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }];
    expect(await bench.update('OriginEndpointPolicy', was, { ...ENDPOINT, Policy: { Statement } })).toEqual(was);
    expect((await bench.read('index.m3u8')).status).toBe(403);
  });

  test('accepts another description of a channel and its group, and keeps the media', async () => {
    await bench.playing(5);
    await bench.update('ChannelGroup', WAS, { ...GROUP, Description: 'new words' });
    await bench.update('Channel', WAS, { ...CHANNEL, InputType: 'CMAF', Tags: [] });
    expect((await bench.read('index.m3u8')).status).toBe(200);
    await expect(bench.update('Channel', WAS, { ...CHANNEL, InputType: 'HLS' })).rejects.toThrow('set it to CMAF');
  });

  test('replaces them for other names and for another input type', () => {
    const replacedBy = (type: string) => bench.origin.resources[`AWS::MediaPackageV2::${type}`]?.replacedBy;
    expect(replacedBy('ChannelGroup')).toEqual(['ChannelGroupName']);
    expect(replacedBy('Channel')).toEqual(['ChannelGroupName', 'ChannelName', 'InputType']);
    for (const type of ['OriginEndpoint', 'OriginEndpointPolicy']) {
      expect(replacedBy(type)).toEqual(['ChannelGroupName', 'ChannelName', 'OriginEndpointName']);
    }
  });
});
