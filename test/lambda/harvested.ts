import type { CatalogueSurroundings, HarvestState } from '../../lambda/catalogue/surroundings';
import type { RecordedChannel } from '../../lambda/shared/recordings/recorded-channel';
import { partsOf, type Run } from '../../lambda/shared/recordings/run';
import { BEGIN, FakeStore, MAIN } from './fake-recordings';

export const ID = '20261128T190000Z';
export const RUN: Run = {
  version: 1,
  channel: 'main',
  id: ID,
  kind: 'show',
  title: 'main, 28 November 2026',
  state: 'harvesting',
  start: '2026-11-28T19:00:00.000Z',
  end: '2026-11-28T19:00:08.000Z',
  opened: '2026-11-28T19:00:20.000Z',
  drift: 0,
  parts: partsOf(BEGIN, BEGIN + 8000),
  pictures: false,
  mp4: false,
};
export const MULTIVARIANT = [
  '#EXTM3U',
  '#EXT-X-STREAM-INF:BANDWIDTH=800000,RESOLUTION=640x360',
  'low.m3u8',
  '#EXT-X-STREAM-INF:AVERAGE-BANDWIDTH=1,BANDWIDTH=2700000,RESOLUTION=1280x720',
  'high.m3u8',
].join('\n');
export const MEDIA = [
  '#EXTM3U',
  '#EXT-X-TARGETDURATION:4',
  '#EXT-X-PROGRAM-DATE-TIME:2026-11-28T19:00:00.000Z',
  '#EXTINF:4,',
  '1.ts',
  '#EXTINF:3.96,',
  '2.ts',
  '#EXT-X-ENDLIST',
].join('\n');

/** A bucket with a recording that MediaPackage has harvested, and the services around it. */
export class Harvested {
  now = BEGIN + 3_600_000;
  readonly store = new FakeStore(() => this.now);
  readonly notices: string[] = [];
  readonly jobs: object[] = [];
  harvest: HarvestState = { status: 'COMPLETED', reason: '' };
  /** Happens while somebody sleeps. */
  meanwhile: (() => void) | undefined;
  conversion: object | undefined = { jobId: 'job-1', status: 'PROGRESSING' };

  constructor(
    readonly channel: RecordedChannel = MAIN,
    run: Partial<Run> = {},
  ) {
    this.store.put(`runs/main/${ID}.json`, JSON.stringify({ ...RUN, ...run }));
    for (const folder of ['vod', 'conversion']) {
      // In a folder below the one that was given, as MediaPackage may do.
      const below = `${folder}/main/${ID}/1/some`;
      this.store.put(`${below}/index.m3u8`, MULTIVARIANT);
      this.store.put(`${below}/low.m3u8`, MEDIA);
      this.store.put(`${below}/high.m3u8`, MEDIA);
    }
    this.store.put(`vod/main/${ID}/1/some/dash.mpd`, '<MPD/>');
  }

  around(): CatalogueSurroundings {
    return {
      recorded: [this.channel],
      store: this.store,
      pictures: {
        keys: (prefix) => this.store.keys(prefix),
        copy: async (from, to) => this.store.put(to, this.store.texts.get(from)?.text ?? ''),
        write: async (key, body) => this.store.put(key, body),
      },
      harvest: async () => this.harvest,
      converter: {
        start: async (job) => `job-${this.jobs.push(job)}`,
        job: async () => this.conversion,
      },
      bucket: 'recordings',
      convertRoleArn: 'arn:aws:iam::111122223333:role/convert',
      notify: async (subject, text) => void this.notices.push(`${subject}: ${text}`),
      clock: {
        now: () => this.now,
        sleep: async () => this.meanwhile?.(),
      },
    };
  }

  run() {
    return this.store.json(`runs/main/${ID}.json`);
  }

  listed(key = 'vod/catalogue.json') {
    return this.store.json(key)['recordings'];
  }
}

export const ENTRY = {
  id: ID,
  channel: 'main',
  kind: 'show',
  title: 'main, 28 November 2026',
  start: '2026-11-28T19:00:00.000Z',
  end: '2026-11-28T19:00:07.960Z',
  seconds: 7.96,
  parts: [
    {
      start: '2026-11-28T19:00:00.000Z',
      end: '2026-11-28T19:00:07.960Z',
      seconds: 7.96,
      manifests: { hls: `/vod/main/${ID}/1/some/index.m3u8`, dash: `/vod/main/${ID}/1/some/dash.mpd` },
    },
  ],
};
