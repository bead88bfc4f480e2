import { randomUUID } from 'node:crypto';
import { askForAds, fitting } from './decision';
import { type Avail, type GuidedAddresses, guidedPlaylist } from './guided-playlist';
import type { PlaybackConfiguration } from './playback-configuration';
import type { Session } from './session';
import { type Asked, refusal, type TailorAnswer, type TailorSubject, viewerOf } from './tailor-answer';
import { trackedAvail } from './tracking';
import type { WebAnswer } from './web';

/** Longest time that the origin may take. @see https://docs.aws.amazon.com/mediatailor/latest/ug/quotas.html */
const ORIGIN_MILLISECONDS = 2000;
/** Longest time for a reload of low-latency HLS, which waits for the next part. */
const RELOAD_MILLISECONDS = 30_000;
const HLS = 'application/vnd.apple.mpegurl';

/** The content of the path of a playlist or a list: guided sessions are kept nowhere. */
interface Carried {
  /** Address of a playlist at the origin. */
  readonly origin?: string;
  readonly avail?: Avail;
  readonly session: Session;
}

/**
 * Guided sessions: playlists of the origin with an interstitial in each break, lists of ads, and their media. The playlists
 * are the same for all viewers who say the same, so that an edge may keep them.
 *
 * @see https://docs.aws.amazon.com/mediatailor/latest/ug/server-guided.html
 */
export class GuidedSessions {
  private readonly counts = new Map<string, number>();

  constructor(private readonly subject: TailorSubject) {}

  /** Number of ads that were in the lists of a configuration. */
  inserted(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  /** Answers with a multivariant playlist, which begins a session. */
  async multivariant({ made, rest }: Asked, session: Session): Promise<TailorAnswer> {
    const url = `${made.contentUrl}/${rest}${session.origin === '' ? '' : `?${session.origin}`}`;
    const answer = await this.subject.web.get({ url, milliseconds: ORIGIN_MILLISECONDS });
    return this.rewritten(answer, url, made, session);
  }

  /** Answers with a media playlist. */
  async media({ made, rest, query }: Asked): Promise<TailorAnswer> {
    const carried = unpacked(rest.split('/')[0] ?? '');
    if (carried?.origin === undefined) return refusal(400, 'this is not the address of a playlist of MediaTailor');
    const url = new URL(carried.origin);
    for (const [name, value] of query) if (!name.startsWith('aws.')) url.searchParams.set(name, value);
    const milliseconds = query.has('_HLS_msn') ? RELOAD_MILLISECONDS : ORIGIN_MILLISECONDS;
    const answer = await this.subject.web.get({ url: url.href, milliseconds });
    return this.rewritten(answer, carried.origin, made, carried.session);
  }

  /** Answers with the list of the ads of a break, which are chosen for this viewer. */
  async list({ made, rest, query, request }: Asked): Promise<TailorAnswer> {
    const { session, avail } = unpacked(rest) ?? {};
    if (session === undefined || avail === undefined) {
      return refusal(400, 'this is not the address of a list of MediaTailor');
    }
    const viewer = viewerOf(request, query.get('aws.sessionId') ?? randomUUID());
    const { web, shelf, tell } = this.subject;
    const all = await askForAds(made.decisionUrl, { session, avail, viewer }, { web, tell });
    const ready = all.flatMap((ad) => {
      const path = shelf.take(ad);
      if (path === undefined) tell(`The ad ${ad.id} has no HLS, so it is left out.`);
      return path === undefined ? [] : [{ ...ad, path }];
    });
    const ads = fitting(ready, avail.seconds);
    this.counts.set(made.name, this.inserted(made.name) + ads.length);
    const prefix = made.adPrefix ?? '';
    const forPage = (url: string) => web.forPage(url, made.contentUrl);
    const assets = ads.map(({ path, seconds }) => {
      const address = `/tm/${this.subject.account}/${made.name}/${path}`;
      return { URI: prefix === '' ? address : forPage(`${prefix}${address}`), DURATION: seconds };
    });
    const body = { ASSETS: assets, TRACKING: { avails: [trackedAvail(avail, ads, forPage)] } };
    return {
      status: 200,
      type: 'application/json',
      body: JSON.stringify(body),
      headers: { 'cache-control': 'no-store' },
    };
  }

  /** Delivers a file of an ad. */
  async ad({ rest }: Asked): Promise<TailorAnswer> {
    const [, key = '', file = ''] = /^([^/]+)\/(.+)$/.exec(rest) ?? [];
    const answer = await this.subject.shelf.read(key, file);
    if (answer === undefined) return refusal(404, 'there is no such file of an ad');
    return passed(answer, { 'cache-control': 'max-age=86400' });
  }

  private rewritten(answer: WebAnswer, url: string, made: PlaybackConfiguration, session: Session): TailorAnswer {
    const kept = answer.headers.get('cache-control');
    const headers: Record<string, string> = {};
    if (kept !== null) headers['cache-control'] = kept;
    if (answer.status !== 200) return passed(answer, headers);
    const text = guidedPlaylist(answer.body.toString('utf8'), url, this.addresses(made, session));
    return { status: 200, type: HLS, body: text, headers };
  }

  private addresses(made: PlaybackConfiguration, session: Session): GuidedAddresses {
    const { account, web } = this.subject;
    const below = (face: string, carried: Carried) => `/v1/${face}/${account}/${made.name}/${packed(carried)}`;
    return {
      playlist: (origin) => `${below('i-media', { origin, session })}/${new URL(origin).pathname.split('/').at(-1)}`,
      media: (origin) => {
        const { pathname, search, origin: host } = new URL(origin);
        const prefix = made.contentUrl.startsWith(host) ? (made.contentPrefix ?? host) : host;
        return web.forPage(`${prefix}${pathname}${search}`, made.contentUrl);
      },
      list: (avail) => below('interstitials', { avail, session }),
    };
  }
}

function packed(carried: Carried): string {
  return Buffer.from(JSON.stringify(carried)).toString('base64url');
}

function unpacked(text: string): Carried | undefined {
  try {
    const found = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Carried;
    return typeof found.session === 'object' ? found : undefined;
  } catch {
    return undefined;
  }
}

function passed({ status, headers, body }: WebAnswer, more: Readonly<Record<string, string>>): TailorAnswer {
  return { status, type: headers.get('content-type') ?? 'application/octet-stream', body, headers: more };
}
