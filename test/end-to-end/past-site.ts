import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LoopbackServer } from 'small-cloud/testing';
import { bundles } from '../../bin/build';
import { liveMpd, makeShow, playlist, SEGMENT_SECONDS, SHOW_SECONDS } from './past-media';

/** The part of the show that is over when the site starts. */
const PAST_SECONDS = 900;
/** Lengths of the two live windows. */
const SHORT_SECONDS = 30;
const LONG_SECONDS = 300;

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
  json: 'application/json',
  m3u8: 'application/vnd.apple.mpegurl',
  mpd: 'application/dash+xml',
  mp4: 'video/mp4',
  m4s: 'video/mp4',
  jpg: 'image/jpeg',
  vtt: 'text/vtt',
};

/** The player's page beside a channel that has been live for a quarter of an hour, and its recordings. */
export class PastSite {
  /** Start of the show, in milliseconds since 1970; a whole second, so that `?t=` can name it. */
  readonly began = (Math.floor(Date.now() / 1000) - PAST_SECONDS) * 1000;
  /** Paths that are answered with a 404, although they exist. */
  readonly missing = new Set<string>();
  /** Content of the catalogue. */
  catalogue: unknown;
  /** Paths that were requested. */
  readonly requested: string[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), 'past-'));
  private readonly server = new LoopbackServer((request, response) => this.answer(request, response));
  private readonly page = join(bundles().bucketContent.folder, 'site');

  /** @param offers - false for a channel without a past. */
  constructor(private readonly offers = true) {
    this.catalogue = catalogueOf(this.began, 'Opening night');
  }

  /** Makes the show, and returns the address of the page. */
  async start(): Promise<string> {
    makeShow(this.folder);
    return this.server.start();
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    const path = pathname === '/' ? '/index.html' : pathname;
    this.requested.push(path + search);
    const content = this.missing.has(path) ? undefined : this.contentOf(path, search);
    response.setHeader('content-type', TYPES[path.split('.').at(-1) ?? ''] ?? 'text/plain');
    response.setHeader('cache-control', 'no-store');
    response.statusCode = content === undefined ? 404 : 200;
    response.end(content);
  }

  private contentOf(path: string, search: string): string | Buffer | undefined {
    switch (path) {
      case '/config.json':
        return JSON.stringify(configOf(this.offers));
      case '/vod/catalogue.json':
        return this.catalogue === undefined ? undefined : JSON.stringify(this.catalogue);
      case '/out/live.m3u8':
        return this.playlist(SHORT_SECONDS);
      case '/out/dvr.m3u8':
        return this.playlist(LONG_SECONDS);
      case '/out/start.m3u8':
        return /aws\.manifestsettings=start%3A\d+$/.test(search) ? this.playlist(SHOW_SECONDS) : undefined;
      case '/out/live.mpd':
        return liveMpd(SHORT_SECONDS, this.began);
      case '/out/dvr.mpd':
        return liveMpd(LONG_SECONDS, this.began);
      case '/vod/main/1/1/index.m3u8':
        return playlist({ first: 0, last: 5, began: this.began, tags: ['#EXT-X-PLAYLIST-TYPE:VOD'], end: true });
      case '/vod/main/1/2/index.m3u8':
        return playlist({ first: 6, last: 11, began: this.began, tags: ['#EXT-X-PLAYLIST-TYPE:VOD'], end: true });
      case '/vod/main/1/storyboard.vtt':
        return 'WEBVTT\n\n00:00.000 --> 00:12.000\nsheet.jpg#xywh=0,0,160,90\n\n00:12.000 --> 00:24.000\nsheet.jpg#xywh=160,0,160,90\n';
      default:
        return (
          fileOf(path.startsWith('/media/') ? this.folder : this.page, path.replace(/^\/(media\/)?/, '')) ??
          fileOf(this.folder, path.split('/').at(-1) ?? '')
        );
    }
  }

  /** Number of the newest segment. */
  private get newest(): number {
    return Math.floor((Date.now() - this.began) / 1000 / SEGMENT_SECONDS) - 1;
  }

  private playlist(seconds: number): string {
    const last = this.newest;
    const first = Math.max(0, last - seconds / SEGMENT_SECONDS + 1);
    return playlist({ first, last, began: this.began, tags: [], end: false });
  }
}

function configOf(offers: boolean) {
  const manifest = (format: string, url: string) => ({ format, url, targetLatencySeconds: 8 });
  const past = {
    rewind: {
      seconds: LONG_SECONDS,
      manifests: [
        { format: 'hls', url: '/out/dvr.m3u8' },
        { format: 'dash', url: '/out/dvr.mpd' },
      ],
    },
    recordings: '/vod/catalogue.json',
    startOver: [{ format: 'hls', url: '/out/start.m3u8' }],
  };
  const channel = {
    name: 'main',
    running: true,
    segmentSeconds: SEGMENT_SECONDS,
    manifests: [manifest('hls', '/out/live.m3u8'), manifest('dash', '/out/live.mpd')],
  };
  return { title: 'Live', channels: [offers ? { ...channel, ...past } : channel] };
}

/** A catalogue with a show of two parts, and a show that runs. */
export function catalogueOf(began: number, title: string) {
  const at = (seconds: number): string => new Date(began + seconds * 1000).toISOString();
  const part = (number: number) => ({
    start: at(12 * (number - 1)),
    seconds: 12,
    manifests: { hls: `/vod/main/1/${number}/index.m3u8` },
  });
  return {
    version: 1,
    recordings: [
      {
        id: '1',
        channel: 'main',
        kind: 'show',
        title,
        start: at(0),
        end: at(24),
        seconds: 24,
        parts: [part(1), part(2)],
        storyboard: '/vod/main/1/storyboard.vtt',
        poster: '/vod/main/1/poster.jpg',
        mp4: '/vod/main/1/recording.mp4',
      },
    ],
    running: [{ channel: 'main', start: at(0) }],
  };
}

function fileOf(folder: string, path: string): Buffer | undefined {
  try {
    return path === '' || path.includes('..') ? undefined : readFileSync(join(folder, path));
  } catch {
    return undefined;
  }
}
