import { describe, expect, test } from '@jest/globals';
import { newestOfMpd } from '../../lambda/probe/dash';
import { type ProbedChannel, type ProbeSurroundings, probe } from '../../lambda/probe/handler';
import { mediaPlaylistUrl, newestOfPlaylist } from '../../lambda/probe/playlist';
import { metricLine } from '../../lambda/probe/report';
import { type Answer, look, type Viewing } from '../../lambda/probe/sight';

const EDGE = 'https://edge.example';
const NOON = Date.parse('2026-11-28T12:00:00Z');

/** A viewer in the test's own time; answers by path, each a list of texts that are given in turn. */
class FakeViewing implements Viewing {
  time = NOON;
  readonly asked: string[] = [];
  readonly headers = new Headers();

  constructor(private readonly pages: Readonly<Record<string, readonly (string | number)[]>>) {}

  async get(url: string): Promise<Answer> {
    const { pathname } = new URL(url);
    const before = this.asked.filter((one) => one === pathname).length;
    this.asked.push(pathname);
    const pages = this.pages[pathname];
    if (pages === undefined) throw new Error(`${url} was not expected`);
    const page = pages[Math.min(before, pages.length - 1)] ?? '';
    this.time += 50;
    return { status: typeof page === 'number' ? page : 200, body: String(page), headers: this.headers };
  }

  now(): number {
    return this.time;
  }

  elapsed(): number {
    return this.time;
  }

  async sleep(milliseconds: number): Promise<void> {
    this.time += milliseconds;
  }
}

const MULTIVARIANT = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nv.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=2\nw.m3u8\n';
const playlist = (first: number, endsSecondsAgo = 2) =>
  `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-PROGRAM-DATE-TIME:${new Date(NOON - (endsSecondsAgo + 4) * 1000).toISOString()}\n#EXTINF:2.0,\n${first}.mp4\n#EXTINF:2.0,\n${first + 1}.mp4\n`;

describe('the newest media of a playlist', () => {
  test('is the last segment, and ends after the parts that follow it', () => {
    const text = `${playlist(7)}#EXT-X-PART:DURATION=0.5,URI="9.0.mp4"\n#EXT-X-PART:DURATION=0.5,URI="9.1.mp4"\n`;
    expect(newestOfPlaylist(text, `${EDGE}/a/v.m3u8`)).toEqual({
      mark: '8.mp4 9.1.mp4',
      segmentUrl: `${EDGE}/a/8.mp4`,
      endsAt: NOON - 2000 + 1000,
    });
  });

  test('has no date where the playlist has none', () => {
    const text = '#EXTM3U\n#EXTINF:2,\n1.ts\n';
    expect(newestOfPlaylist(text, `${EDGE}/v.m3u8`).endsAt).toBeUndefined();
  });

  test.each([
    ['<html>', 'does not begin with #EXTM3U'],
    ['#EXTM3U\n', 'lists no segment'],
  ])('refuses %j', (text, why) => {
    expect(() => newestOfPlaylist(text, EDGE)).toThrow(why);
  });

  test('is looked for in the first variant of a multivariant playlist', () => {
    expect(mediaPlaylistUrl(MULTIVARIANT, `${EDGE}/a/m.m3u8`)).toBe(`${EDGE}/a/v.m3u8`);
    expect(mediaPlaylistUrl(playlist(1), `${EDGE}/a/v.m3u8`)).toBe(`${EDGE}/a/v.m3u8`);
  });
});

test('the newest media of a DASH manifest is the end of its timeline', () => {
  const mpd = `<MPD availabilityStartTime="2026-11-28T11:00:00Z"><Period start="PT1H"><AdaptationSet>
    <SegmentTemplate timescale="1000" media="v_$RepresentationID$_$Time$.mp4" startNumber="5">
    <SegmentTimeline><S t="0" d="2000" r="2"/><S d="1500"/></SegmentTimeline></SegmentTemplate>
    <Representation id="720p" bandwidth="1"/></AdaptationSet></Period></MPD>`;
  expect(newestOfMpd(mpd, `${EDGE}/a/d.mpd`)).toEqual({
    mark: '6000',
    segmentUrl: `${EDGE}/a/v_720p_6000.mp4`,
    endsAt: NOON + 7500,
  });
});

describe('a look at a channel', () => {
  const pages = (second: string | number, segment: string | number = 'media') => ({
    '/m.m3u8': [MULTIVARIANT],
    '/v.m3u8': [playlist(1), second],
    '/2.mp4': [segment],
    '/3.mp4': [segment],
  });

  test('finds a stream that advances: fresh, with its delay', async () => {
    const viewing = new FakeViewing(pages(playlist(2, 0)));
    expect(await look(viewing, `${EDGE}/m.m3u8`, 2)).toEqual({
      ok: true,
      trouble: '',
      staleSeconds: 0,
      liveDelaySeconds: 2.2,
      manifestMs: 100,
      segmentMs: 50,
    });
    expect(viewing.asked).toEqual(['/m.m3u8', '/v.m3u8', '/v.m3u8', '/3.mp4']);
  });

  test('finds a stream that stands still, and for how long', async () => {
    const viewing = new FakeViewing(pages(playlist(1, 60)));
    const sight = await look(viewing, `${EDGE}/m.m3u8`, 2);
    expect(sight).toMatchObject({ ok: true, staleSeconds: 62.2 });
  });

  test('believes the packager about the time of the last update', async () => {
    const viewing = new FakeViewing(pages(playlist(1)));
    viewing.headers.set('x-mediapackage-manifest-last-updated', String(NOON - 30_000));
    expect((await look(viewing, `${EDGE}/m.m3u8`, 2)).staleSeconds).toBeCloseTo(32.2, 1);
  });

  test.each([
    ['a manifest that is refused', { ...pages(''), '/m.m3u8': [403] }, 'm.m3u8 answered 403'],
    ['a manifest that vanishes', pages(404), 'v.m3u8 answered 404'],
    ['a segment that is missing', pages(playlist(2), 404), '3.mp4 answered 404'],
    ['an answer that is no manifest', { ...pages(''), '/m.m3u8': ['<html>'] }, 'no playlist'],
  ])('finds %s', async (_, answers, trouble) => {
    const sight = await look(new FakeViewing(answers), `${EDGE}/m.m3u8`, 2);
    expect(sight).toMatchObject({ ok: false, trouble: expect.stringContaining(trouble) });
  });
});

describe('the probe', () => {
  const CHANNEL = { id: '1', name: 'main', path: '/m.m3u8', segmentSeconds: 2 };
  const run = async (
    state: 'RUNNING' | 'RECOVERING' | 'IDLE',
    runningSince?: string,
    channel: ProbedChannel = CHANNEL,
  ) => {
    const lines: string[] = [];
    const pages = { '/m.m3u8': [playlist(1), playlist(2)], '/2.mp4': ['x'], '/3.mp4': ['x'] };
    const withToken = Object.entries(pages).map(([path, answers]) => [`/s/token-of-main${path}`, answers]);
    const viewing = new FakeViewing({ ...pages, ...Object.fromEntries(withToken) });
    const tags: Record<string, string> = {};
    if (runningSince !== undefined) tags['live-streaming:running-since'] = runningSince;
    const around: ProbeSurroundings = {
      stack: 'live',
      edge: EDGE,
      tokenPath: async (channel) => `/s/token-of-${channel}`,
      channels: { look: async () => ({ state, tags }) },
      write: (line) => void lines.push(line),
      get: (url) => viewing.get(url),
      now: () => viewing.now(),
      elapsed: () => viewing.elapsed(),
      sleep: (milliseconds) => viewing.sleep(milliseconds),
    };
    return { said: await probe([channel], around), lines, asked: viewing.asked };
  };

  test.each(['RUNNING', 'RECOVERING'] as const)(
    'measures a channel that has been on air for two minutes and is %s',
    async (state) => {
      const { lines } = await run(state, '2026-11-28T11:58:00.000Z');
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({ Stack: 'live', Channel: 'main', ProbeOk: 1, StaleSeconds: 0 });
    },
  );

  test('shows a token for a private channel, and none for a public one', async () => {
    const since = '2026-11-28T11:58:00.000Z';
    const { asked } = await run('RUNNING', since, { ...CHANNEL, isPrivate: true });
    expect(asked.every((path) => path.startsWith('/s/token-of-main/'))).toBe(true);
    expect((await run('RUNNING', since)).asked[0]).toBe('/m.m3u8');
  });

  test.each([
    ['idle', 'IDLE', '2026-11-28T11:00:00.000Z'],
    ['started a minute ago', 'RUNNING', '2026-11-28T11:59:00.000Z'],
    ['not known to have started', 'RUNNING', undefined],
  ] as const)('sends nothing for a channel that is %s', async (_, state, since) => {
    expect((await run(state, since)).lines).toEqual([]);
  });
});

test('what cannot be measured is left out of the line of metrics', () => {
  const line = JSON.parse(metricLine('live', 'main', { ok: false, trouble: 'x answered 404' }, NOON));
  expect(line).toEqual({
    _aws: {
      Timestamp: NOON,
      CloudWatchMetrics: [
        {
          Namespace: 'LiveStreaming',
          Dimensions: [['Stack', 'Channel']],
          Metrics: [{ Name: 'ProbeOk', Unit: 'None' }],
        },
      ],
    },
    Stack: 'live',
    Channel: 'main',
    ProbeOk: 0,
    Trouble: 'x answered 404',
  });
});
