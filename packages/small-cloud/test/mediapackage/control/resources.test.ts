import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Properties } from '../../../src/contract';
import { Bench, CHANNEL, ENDPOINT, GROUP, GROUP_ARN, MANIFESTS } from '../fixture';

let bench: Bench;

beforeEach(async () => {
  bench = await Bench.start();
});

afterEach(() => bench.stop());

describe('MediaPackage resources', () => {
  test('answer Ref and Fn::GetAtt as in AWS', async () => {
    const group = await bench.create('ChannelGroup', { ...GROUP, Description: 'all channels', Tags: [] });
    expect(group).toMatchObject({ ref: GROUP_ARN, attributes: { Arn: GROUP_ARN } });
    const domain = String(group.attributes['EgressDomain']);
    expect(domain).toMatch(/^\w+\.egress\.\w+\.mediapackagev2\.eu-west-1\.amazonaws\.com$/);

    const channel = await bench.create('Channel', { ...CHANNEL, InputType: 'CMAF' });
    expect(channel.ref).toBe(`${GROUP_ARN}/channel/main`);
    expect(channel.attributes['IngestEndpointUrls']).toEqual([
      expect.stringMatching(
        /^https:\/\/\w+-1\.ingest\.\w+\.mediapackagev2\.eu-west-1\.amazonaws\.com\/in\/v1\/live\/1\/main\/$/,
      ),
      expect.stringMatching(
        /^https:\/\/\w+-2\.ingest\.\w+\.mediapackagev2\.eu-west-1\.amazonaws\.com\/in\/v1\/live\/2\/main\/$/,
      ),
    ]);

    expect(await bench.create('OriginEndpoint', { ...ENDPOINT, ...MANIFESTS })).toMatchObject({
      ref: `${GROUP_ARN}/channel/main/originEndpoint/cmaf`,
      attributes: {
        HlsManifestUrls: [`https://${domain}/out/v1/live/main/cmaf/index.m3u8`],
        LowLatencyHlsManifestUrls: [`https://${domain}/out/v1/live/main/cmaf/low-latency.m3u8`],
        DashManifestUrls: [`https://${domain}/out/v1/live/main/cmaf/dash.mpd`],
      },
    });
    const policy = await bench.create('OriginEndpointPolicy', { ...ENDPOINT, Policy: { Statement: [] } });
    expect(policy.ref).toBe('live|main|cmaf');
  });

  test('have domains that are served on this machine until they are deleted', async () => {
    await bench.create('ChannelGroup', GROUP);
    await bench.create('Channel', { ...CHANNEL, InputType: 'CMAF' });
    expect([...bench.names.values()]).toEqual([bench.base, bench.base, bench.base]);
    await bench.remove('Channel', CHANNEL);
    await bench.remove('ChannelGroup', GROUP);
    expect(bench.names.size).toBe(0);
    expect(bench.origin.ingest('live', 'main')).toBeUndefined();
  });

  test('of Smooth Streaming warn on creation and on requests that they are not served', async () => {
    await bench.createAll({ ContainerType: 'ISM', MssManifests: [{ ManifestName: 'index' }] });
    expect(bench.told).toEqual(['origin main: endpoint cmaf: the local run does not serve Microsoft Smooth Streaming']);
    const { status, body } = await bench.read('index.ism/Manifest');
    expect([status, body.toString()]).toEqual([501, expect.stringContaining('does not serve Microsoft Smooth')]);
  });

  test('accept a presentation delay of 0 s, as the API does', async () => {
    await bench.createAll({
      ...MANIFESTS,
      DashManifests: [{ ManifestName: 'dash', SuggestedPresentationDelaySeconds: 0 }],
    });
    expect(bench.told).toEqual([]);
  });

  test('accept a switch by quality, which has no effect in the local run', async () => {
    await bench.create('ChannelGroup', GROUP);
    const switching = { InputSwitchConfiguration: { MQCSInputSwitching: true } };
    const published = { OutputHeaderConfiguration: { PublishMQCS: true } };
    const made = await bench.create('Channel', { ...CHANNEL, InputType: 'CMAF', ...switching, ...published });
    expect(made.ref).toBe(`${GROUP_ARN}/channel/main`);
  });

  test('are refused under a name that is taken', async () => {
    await bench.createAll();
    for (const [type, properties] of [
      ['ChannelGroup', GROUP],
      ['Channel', { ...CHANNEL, InputType: 'CMAF' }],
      ['OriginEndpoint', { ...ENDPOINT, ...MANIFESTS }],
      ['OriginEndpointPolicy', { ...ENDPOINT, Policy: { Statement: [] } }],
    ] as const) {
      await expect(bench.create(type, properties)).rejects.toMatchObject({ name: 'ConflictError' });
    }
  });

  test('are not deleted while others need them', async () => {
    await bench.createAll();
    await expect(bench.remove('ChannelGroup', GROUP)).rejects.toThrow("still has channel 'live/main'");
    await expect(bench.remove('Channel', CHANNEL)).rejects.toThrow("still has endpoint 'live/main/cmaf'");
    await bench.remove('OriginEndpointPolicy', ENDPOINT);
    await bench.remove('OriginEndpoint', ENDPOINT);
    await bench.remove('Channel', CHANNEL);
    await bench.remove('ChannelGroup', GROUP);
  });

  test('count as deleted when they do not exist', async () => {
    await bench.remove('OriginEndpointPolicy', ENDPOINT);
    await bench.remove('OriginEndpoint', ENDPOINT);
    await bench.remove('Channel', CHANNEL);
    await bench.remove('ChannelGroup', GROUP);
  });

  const endpoint = (changes: Properties): Properties => ({ ...ENDPOINT, ...MANIFESTS, ...changes });
  const hls = (changes: Properties): Properties => endpoint({ HlsManifests: [{ ManifestName: 'index', ...changes }] });

  test.each<[string, string, Properties, string]>([
    ['a name with a dot', 'ChannelGroup', { ChannelGroupName: 'a.b' }, 'ChannelGroupName: "a.b" was given'],
    ['a property that there is not', 'ChannelGroup', { ...GROUP, Nmae: 'x' }, 'ChannelGroup.Nmae is not modelled'],
    ['a channel that takes HLS', 'Channel', { ...CHANNEL, InputType: 'HLS' }, 'Channel.InputType'],
    ['a channel that takes HLS by default', 'Channel', CHANNEL, 'HLS is not; set it to CMAF'],
    [
      'a header other than the score',
      'Channel',
      { ...CHANNEL, InputType: 'CMAF', OutputHeaderConfiguration: { Other: true } },
      'OutputHeaderConfiguration.Other',
    ],
    ['encryption', 'OriginEndpoint', endpoint({ Segment: { Encryption: {} } }), 'OriginEndpoint.Segment.Encryption'],
    ['MSS in CMAF', 'OriginEndpoint', endpoint({ MssManifests: [{ ManifestName: 'index' }] }), 'MssManifests need ISM'],
    ['HLS in an ISM container', 'OriginEndpoint', endpoint({ ContainerType: 'ISM' }), 'ISM takes no other manifests'],
    ['a start tag', 'OriginEndpoint', hls({ StartTag: {} }), 'OriginEndpoint.HlsManifests[0].StartTag'],
    [
      'an error that is none',
      'OriginEndpoint',
      endpoint({ ForceEndpointErrorConfiguration: { EndpointErrorConditions: ['RAIN'] } }),
      'EndpointErrorConditions is modelled by the local run, but "RAIN" is not',
    ],
    ['a window of two days', 'OriginEndpoint', hls({ ManifestWindowSeconds: 172_800 }), 'from 30 to 86400'],
    [
      'a start-over window of a second',
      'OriginEndpoint',
      endpoint({ StartoverWindowSeconds: 1 }),
      'from 60 to 1209600',
    ],
    [
      'I-frame playlists',
      'OriginEndpoint',
      endpoint({ Segment: { IncludeIframeOnlyStreams: true } }),
      'IncludeIframeOnlyStreams',
    ],
    ['DASH in MPEG-TS', 'OriginEndpoint', endpoint({ ContainerType: 'TS' }), 'DASH needs ContainerType CMAF'],
    [
      'LL-HLS in MPEG-TS',
      'OriginEndpoint',
      endpoint({ ContainerType: 'TS', DashManifests: [] }),
      'LowLatencyHlsManifests',
    ],
    [
      'two manifests of one name',
      'OriginEndpoint',
      endpoint({ LowLatencyHlsManifests: [{ ManifestName: 'index' }] }),
      "called 'index'",
    ],
    [
      'an HLS and a DASH manifest of one name',
      'OriginEndpoint',
      endpoint({ DashManifests: [{ ManifestName: 'index' }] }),
      "called 'index'; each manifest of an endpoint needs a name of its own, whatever its format",
    ],
    [
      'an LL-HLS and a DASH manifest of one name',
      'OriginEndpoint',
      endpoint({ DashManifests: [{ ManifestName: 'low-latency' }] }),
      "called 'low-latency'",
    ],
    [
      'markers in Smooth Streaming',
      'OriginEndpoint',
      {
        ...ENDPOINT,
        ContainerType: 'ISM',
        Segment: { Scte: { ScteFilter: ['BREAK'] } },
        MssManifests: [{ ManifestName: 'index' }],
      },
      'OriginEndpoint.Segment.Scte: ISM segments take no SCTE-35; leave it out, or choose ContainerType CMAF or TS',
    ],
    [
      'dated ad markers in a playlist without dates',
      'OriginEndpoint',
      endpoint({ HlsManifests: [{ ManifestName: 'index', ScteHls: { AdMarkerHls: 'DATERANGE' } }] }),
      'DATERANGE was given without ProgramDateTimeIntervalSeconds',
    ],
    [
      'two manifests whose media playlists have one name',
      'OriginEndpoint',
      endpoint({ LowLatencyHlsManifests: [{ ManifestName: 'low-latency', ChildManifestName: 'index' }] }),
      "called 'index'",
    ],
    [
      'a manifest name with an underscore',
      'OriginEndpoint',
      hls({ ChildManifestName: 'media_list' }),
      'ChildManifestName: "media_list" was given; a name of 1 to 256 letters, digits and \'-\' is needed',
    ],
    [
      'a date in every no seconds',
      'OriginEndpoint',
      hls({ ProgramDateTimeIntervalSeconds: 0 }),
      'ProgramDateTimeIntervalSeconds',
    ],
    ['no manifest', 'OriginEndpoint', { ...ENDPOINT, ContainerType: 'CMAF' }, 'needs a manifest'],
    [
      'a clock without an address',
      'OriginEndpoint',
      endpoint({ DashManifests: [{ ManifestName: 'dash', UtcTiming: { TimingMode: 'HTTP_ISO' } }] }),
      'TimingSource',
    ],
    [
      'CDN authorization',
      'OriginEndpointPolicy',
      { ...ENDPOINT, Policy: { Statement: [] }, CdnAuthConfiguration: {} },
      'CdnAuthConfiguration',
    ],
  ])('refuse %s, by its path', async (_, type, properties, sentence) => {
    if (type !== 'ChannelGroup') await bench.create('ChannelGroup', GROUP);
    if (type.startsWith('OriginEndpoint')) await bench.create('Channel', { ...CHANNEL, InputType: 'CMAF' });
    if (type === 'OriginEndpointPolicy') await bench.create('OriginEndpoint', { ...ENDPOINT, ...MANIFESTS });
    await expect(bench.create(type, properties)).rejects.toThrow(sentence);
  });
});
