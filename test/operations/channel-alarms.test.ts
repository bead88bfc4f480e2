import { describe, expect, test } from '@jest/globals';
import { liveStream } from '../../lib/channel/live-stream';
import { channelAlarms } from '../../lib/operations/channel-alarms';
import { type DashboardBody, dashboardBody, metricsDrawn } from '../../lib/operations/dashboard-body';
import { METRICS, metric } from '../../lib/operations/metrics';
import type { Packager, WatchedChannel } from '../../lib/operations/watched-channel';

const PACKAGERS: Readonly<Record<Packager['kind'], Packager>> = {
  'media-package': { kind: 'media-package', channelGroup: 'live', channel: 'main', cmaf: false },
  'media-package-v1': { kind: 'media-package-v1', channel: 'live-main' },
  bucket: { kind: 'bucket' },
};

function watched(overrides: object = {}, packager: Packager = PACKAGERS['media-package']): WatchedChannel {
  const { channels } = liveStream({ channels: [{ name: 'main', input: { kind: 'test-clip' }, ...overrides }] });
  const [channel] = channels;
  if (channel === undefined) throw new Error('no channel');
  return {
    channel,
    id: '1',
    arn: 'arn:1',
    outputGroups: [{ name: 'packager', outputs: 5 }],
    audio: ['audio'],
    packager,
    manifests: [{ format: 'hls', path: '/out/index.m3u8' }],
  };
}

const PUSHED = { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'] };

const names = (one: WatchedChannel, thresholds = {}, probe = true) =>
  channelAlarms(one, { stackName: 'live', probe, thresholds }).map(({ slug, of }) =>
    of === '' ? slug : `${slug} ${of}`,
  );

const SINGLE = [
  'medialive-alert pipeline 0',
  'filler-instead-of-video pipeline 0',
  'output-refused pipeline 0',
  'output-missing pipeline 0',
];

describe('the alarms of a channel', () => {
  test('are those that its origin gives data for', () => {
    const probed = ['viewers-cannot-play', 'stream-stands-still'];
    expect(names(watched())).toEqual([...probed, ...SINGLE, 'packager-fails']);
    expect(names(watched({}, PACKAGERS['media-package-v1']))).toEqual([...probed, ...SINGLE, 'packager-fails']);
    expect(names(watched({}, PACKAGERS.bucket))).toEqual([...probed, ...SINGLE]);
    expect(names(watched(), {}, false)).toEqual([...SINGLE, 'packager-fails']);
  });

  test('do not wait for a probe that cannot read the only format', () => {
    const smooth = { ...watched(), manifests: [{ format: 'mss', path: '/out/index.ism/Manifest' }] };
    expect(names(smooth)).toEqual([...SINGLE, 'packager-fails']);
  });

  test('exist for each pipeline, and for both together', () => {
    const found = names(watched({ redundancy: 'two-pipelines', input: PUSHED }));
    expect(found.filter((name) => name.startsWith('output-missing'))).toEqual([
      'output-missing pipeline 0',
      'output-missing pipeline 1',
    ]);
    expect(found).toContain('pipelines-apart');
  });

  test.each(['test-clip', 'mp4-file', 'ts-file', 'rtmp-pull', 'hls-pull'])(
    'say nothing about locking where an input is of kind %s, whose frames MediaLive does not compare',
    (kind) => {
      const channel = { ...watched({ redundancy: 'two-pipelines', input: PUSHED }).channel };
      const other = { kind } as unknown as typeof channel.input;
      const spare = { name: 'spare', input: other } as unknown as (typeof channel.preparedInputs)[number];
      expect(names({ ...watched(), channel: { ...channel, input: other } })).not.toContain('pipelines-apart');
      expect(names({ ...watched(), channel: { ...channel, preparedInputs: [spare] } })).not.toContain(
        'pipelines-apart',
      );
    },
  );

  test('know of the spare input with failover only', () => {
    const allowedCidrs = ['203.0.113.0/24'];
    const rtmp = { kind: 'rtmp-push', allowedCidrs };
    const found = names(watched({ input: rtmp, failover: { input: rtmp } }));
    expect(found).toContain('on-the-spare-input pipeline 0');
    expect(names(watched())).not.toContain('on-the-spare-input pipeline 0');
  });

  test('know of quality scores with CMAF Ingest only', () => {
    const cmaf = { ...PACKAGERS['media-package'], cmaf: true } as Packager;
    expect(names(watched({}, cmaf))).toContain('quality-poor pipeline 0');
    expect(names(watched())).not.toContain('quality-poor pipeline 0');
  });

  test('include silence and delay only where a producer names a limit', () => {
    expect(names(watched(), { silenceMinutes: 3, delaySeconds: 30 })).toEqual(
      expect.arrayContaining(['silence pipeline 0', 'delay-grows']),
    );
  });

  test.each([
    ['short segments', {}, {}, 15],
    ['segments of 8 s', { latency: { gopSeconds: 2, segmentSeconds: 8, manifestWindowSeconds: 60 } }, {}, 24],
    ['a limit of its own', {}, { staleSeconds: 40 }, 40],
  ])('call media old by three segments and at least 15 s: %s', (_, overrides, thresholds, seconds) => {
    const rules = channelAlarms(watched(overrides), { stackName: 'live', probe: true, thresholds });
    expect(rules.find(({ slug }) => slug === 'stream-stands-still')?.threshold).toBe(seconds);
  });
});

describe('a metric', () => {
  test('is refused with dimensions that CloudWatch has no data for', () => {
    expect(() => metric('egressRequestCount', { Channel: 'main', StatusCodeRange: '5xx' })).toThrow(
      'egressRequestCount: the dimensions Channel, StatusCodeRange were given; CloudWatch has data for ChannelGroup, Channel; or ChannelGroup, Channel, StatusCode',
    );
    expect(() => metric('fillMsec', { ChannelId: '1' })).toThrow('ChannelId, Pipeline');
  });

  test('cites the page of AWS that names it', () => {
    for (const { page } of Object.values(METRICS)) {
      expect(page).toMatch(/^(https:\/\/docs\.aws\.amazon\.com\/|lambda\/(probe|collector)\/)/);
    }
  });
});

describe('the dashboard', () => {
  const body = (channels: readonly WatchedChannel[]) =>
    dashboardBody({
      stackName: 'live',
      region: 'eu-west-1',
      channels,
      alarms: ['arn:alarm'],
      probe: true,
      distributionId: 'E1',
      runbook: 'docs/runbook.md',
    });
  const metricsOf = ({ properties }: DashboardBody['widgets'][number]) =>
    (properties['metrics'] ?? []) as readonly (readonly unknown[])[];

  test('asks the edge’s metrics in us-east-1 and all others in the Region of the stack', () => {
    const { widgets } = body([watched()]);
    for (const widget of widgets) {
      const edge = metricsOf(widget)[0]?.[0] === 'AWS/CloudFront';
      const region = widget.properties['region'];
      if (region !== undefined) expect(region).toBe(edge ? 'us-east-1' : 'eu-west-1');
    }
  });

  test('of one channel stays free: fewer than 50 metrics', () => {
    const count = metricsDrawn(body([watched()]));
    expect(count).toBe(body([watched()]).widgets.flatMap(metricsOf).length);
    expect(count).toBeGreaterThan(15);
    expect(count).toBeLessThan(50);
  });

  test('fills its grid row by row without overlaps', () => {
    const { widgets } = body([watched(), watched({}, PACKAGERS.bucket)]);
    const cells = new Set<string>();
    for (const { x, y, width } of widgets) {
      expect(x + width).toBeLessThanOrEqual(24);
      for (let column = x; column < x + width; column += 1) {
        expect(cells.has(`${column} ${y}`)).toBe(false);
        cells.add(`${column} ${y}`);
      }
    }
  });
});
