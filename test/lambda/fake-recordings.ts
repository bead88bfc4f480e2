import type { Harvest, RecorderSurroundings } from '../../lambda/recorder/surroundings';
import type { KnownState } from '../../lambda/shared/channels/decision';
import type { NewText, ObjectStore } from '../../lambda/shared/recordings/object-store';
import type { RecordedChannel } from '../../lambda/shared/recordings/recorded-channel';
import type { TimedSegment } from '../../lambda/shared/recordings/segments';

/** The channel of these tests: segments of 4 s, shows of up to 12 hours, kept for 13. */
export const MAIN: RecordedChannel = {
  id: '7',
  name: 'main',
  group: 'live',
  path: '/out/v1/live/main/cmaf/index.m3u8',
  isPrivate: false,
  keepDays: 30,
  longestSeconds: 12 * 3600,
  windowSeconds: 13 * 3600,
  segmentSeconds: 4,
  pictures: false,
  mp4: false,
  harvests: [
    { endpoint: 'cmaf', folder: 'vod', hls: ['index'], lowLatencyHls: [], dash: ['dash'] },
    { endpoint: 'ts', folder: 'conversion', hls: ['index'], lowLatencyHls: [], dash: [] },
  ],
};

/** The beginning of the time of these tests. */
export const BEGIN = Date.parse('2026-11-28T19:00:00.000Z');

/** A bucket in memory that keeps versions as S3 does. */
export class FakeStore implements ObjectStore {
  readonly texts = new Map<string, { text: string; etag: string; modified: number }>();
  /** Runs before the next write, as another writer would. */
  intruder: (() => void) | undefined;
  private version = 0;

  constructor(private readonly now: () => number) {}

  async read(key: string) {
    return this.texts.get(key);
  }

  async write({ key, text, replaces }: NewText): Promise<boolean> {
    const intrude = this.intruder;
    this.intruder = undefined;
    intrude?.();
    const known = this.texts.get(key);
    if (replaces === 'none' && known !== undefined) return false;
    if (replaces !== undefined && replaces !== 'none' && known?.etag !== replaces) return false;
    this.put(key, text);
    return true;
  }

  /** Puts a text whatever is there. */
  put(key: string, text: string): void {
    this.version += 1;
    this.texts.set(key, { text, etag: `"${this.version}"`, modified: this.now() });
  }

  async keys(prefix: string): Promise<readonly string[]> {
    return [...this.texts.keys()].filter((key) => key.startsWith(prefix)).sort();
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.texts.delete(key);
  }

  /** Reads a document; an error where there is none. */
  json(key: string): Record<string, unknown> {
    const found = this.texts.get(key);
    if (found === undefined) throw new Error(`there is no ${key}; there is ${[...this.texts.keys()].join(', ')}`);
    return JSON.parse(found.text) as Record<string, unknown>;
  }
}

/** A stack with a channel whose encoder can be put on air and off, on a clock of its own. */
export class FakeShow {
  now = BEGIN;
  state: KnownState = 'IDLE';
  /** Times of the media, as pieces without a gap: from and to, in milliseconds since 1970. */
  readonly onAir: { from: number; to?: number }[] = [];
  /** Milliseconds by which the clock of the source is ahead. */
  drift = 0;
  /** Milliseconds after which media is forgotten. */
  window = MAIN.windowSeconds * 1000;
  readonly harvests: Harvest[] = [];
  readonly cancelled: string[] = [];
  readonly forgotten: string[] = [];
  readonly notices: string[] = [];
  active: string[] = [];
  harvested: (harvest: Harvest) => 'asked' | 'later' = () => 'asked';
  readonly store = new FakeStore(() => this.now);
  /** Happens while somebody sleeps. */
  meanwhile: (() => void) | undefined;

  constructor(readonly recorded: readonly RecordedChannel[] = [MAIN]) {}

  /** Puts the channel on air, with media after some milliseconds. */
  start(after = 0): void {
    this.state = 'RUNNING';
    this.onAir.push({ from: this.now + after });
  }

  stop(): void {
    this.state = 'IDLE';
    const last = this.onAir.at(-1);
    if (last !== undefined) last.to ??= this.now;
  }

  /** The event of a change of state at this moment. */
  event(state: string) {
    return { arn: 'arn:aws:medialive:us-east-1:111122223333:channel:7', state, time: new Date(this.now).toISOString() };
  }

  around(seconds = 540): RecorderSurroundings {
    return {
      recorded: this.recorded,
      channels: { look: async () => ({ state: this.state }) },
      media: async (_, since) => this.media(since),
      harvester: {
        start: async (harvest) => {
          const asked = this.harvested(harvest);
          const isNew = !this.harvests.some(({ name }) => name === harvest.name);
          if (asked === 'asked' && isNew) this.harvests.push(harvest);
          return asked;
        },
        active: async () => this.active.map((name) => ({ channel: 'main', endpoint: 'cmaf', name })),
        cancel: async (_, { name }) => void this.cancelled.push(name),
      },
      store: this.store,
      forget: async (path) => void this.forgotten.push(path),
      notify: async (subject, text) => void this.notices.push(`${subject}: ${text}`),
      clock: {
        now: () => this.now,
        sleep: async (milliseconds) => {
          this.now += milliseconds;
          this.meanwhile?.();
        },
      },
      deadline: this.now + seconds * 1000,
    };
  }

  /** Lists segments of 4 s: those of the last minute, or those since a time. */
  private media(since = this.now + this.drift - 60_000): readonly TimedSegment[] {
    const oldest = Math.max(since, this.now + this.drift - this.window);
    return this.onAir.flatMap(({ from, to = this.now }) => {
      const segments: TimedSegment[] = [];
      for (let at = from; at + 4000 <= Math.min(to, this.now); at += 4000) {
        const segment = { start: at + this.drift, end: at + this.drift + 4000 };
        if (segment.end > oldest) segments.push(segment);
      }
      return segments;
    });
  }
}
