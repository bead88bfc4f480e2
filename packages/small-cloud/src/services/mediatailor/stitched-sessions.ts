import { setTimeout as pause } from 'node:timers/promises';
import { askForAds, fitting } from './decision';
import type { Session } from './session';
import type { AdClip } from './stitched/ad-clip';
import { type MarkedBreak, markedBreaks } from './stitched/marked-breaks';
import { ServerReports } from './stitched/server-reports';
import { type PlacedAd, type ReadyAd, SessionBreaks } from './stitched/session-breaks';
import { stitchedMpd } from './stitched/stitched-mpd';
import { type Asked, refusal, type TailorAnswer, type TailorSubject, type Viewer, viewerOf } from './tailor-answer';
import { trackedAvail } from './tracking';
import type { VastAd } from './vast';
import { readXml, writeXml } from './xml-tree';

/** Longest time that the origin may take. @see https://docs.aws.amazon.com/mediatailor/latest/ug/quotas.html */
const ORIGIN_MILLISECONDS = 2000;
/** Longest time for a report. */
const REPORT_MILLISECONDS = 3000;
/** Longest time that a break waits for its ads to be read, where AWS leaves out an ad that is not encoded yet. */
const CLIP_MILLISECONDS = 3000;
const NOT_KEPT = { 'cache-control': 'no-store' };

/** A stitched session and its id. */
export interface KnownSession {
  readonly id: string;
  readonly session: Session;
}

/** The state of a session. */
interface Stitching {
  readonly breaks: SessionBreaks;
  readonly reports: ServerReports;
}

/**
 * Stitched sessions of DASH: the MPD of the origin with the ads in it as periods of their own. Their segments are asked for
 * at MediaTailor, which reports them and leads to the file, or at once where the player reports.
 *
 * @see https://docs.aws.amazon.com/mediatailor/latest/ug/manifest-dash.html
 */
export class StitchedSessions {
  private readonly counts = new Map<string, number>();
  private readonly stitchings = new WeakMap<Session, Stitching>();
  /** Hosts beyond this machine that were not reported to, which is said once. */
  private readonly silent = new Set<string>();

  constructor(private readonly subject: TailorSubject) {}

  /** Number of ads that were put into the manifests of a configuration. */
  inserted(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  /** Answers with the MPD of a session. */
  async manifest({ made, rest, request }: Asked, { id, session }: KnownSession): Promise<TailorAnswer> {
    const { account, web } = this.subject;
    const url = new URL(`${made.contentUrl}/${rest}`);
    url.search = session.origin;
    const { status, headers, body } = await web.get({ url: url.href, milliseconds: ORIGIN_MILLISECONDS });
    const type = headers.get('content-type') ?? 'application/dash+xml';
    if (status !== 200) return { status, type, body, headers: NOT_KEPT };
    const mpd = readXml(body.toString('utf8'));
    const viewer = viewerOf(request, id);
    const breaks = await this.of(session).breaks.follow(mpd, {
      marked: markedBreaks(mpd, made.originPeriods),
      choose: (avail) => this.choose(avail, { made, session, viewer }),
    });
    const forPage = (address: string) => web.forPage(address, made.contentUrl);
    const host = made.adPrefix ?? '';
    const stitched = stitchedMpd(mpd, breaks, {
      show: forPage(`${made.contentPrefix ?? url.origin}${url.pathname.replace(/[^/]*$/, '')}`),
      ad: ({ id: period, key }) => {
        const folder = session.reports
          ? `/tm/${account}/${made.name}/${key}/`
          : `/v1/dashsegment/${account}/${made.name}/${id}/${period}/`;
        return host === '' ? folder : forPage(`${host}${folder}`);
      },
    });
    return { status, type, body: writeXml(stitched), headers: NOT_KEPT };
  }

  /** Leads to a file of an ad, and reports the events that its time is due for. */
  segment({ made, rest, request }: Asked, { id, session }: KnownSession): TailorAnswer {
    const [, period, file = ''] = rest.split('/');
    const { breaks, reports } = this.of(session);
    const ad = breaks
      .filled()
      .flatMap(({ ads }) => ads)
      .find((one) => one.id === period);
    if (ad === undefined) return refusal(404, 'there is no such ad in the session');
    if (request.method !== 'HEAD') this.report(reports.due(ad, file), viewerOf(request, id));
    const address = `/tm/${this.subject.account}/${made.name}/${ad.key}/${file}`;
    const { adPrefix } = made;
    const location =
      adPrefix === undefined ? address : this.subject.web.forPage(`${adPrefix}${address}`, made.contentUrl);
    return { ...refusal(302, location), headers: { location, ...NOT_KEPT } };
  }

  /** Answers with the ads of a session. Their times are since the availabilityStartTime of the MPD. */
  tracking({ made }: Asked, { session }: KnownSession): TailorAnswer {
    const forPage = (url: string) => this.subject.web.forPage(url, made.contentUrl);
    const avails = this.of(session)
      .breaks.filled()
      .map(({ avail, ads, from }) => trackedAvail(avail, ads.map(trackedAd), forPage, from));
    const body = JSON.stringify({ avails, nonLinearAvails: [] });
    return { status: 200, type: 'application/json', body, headers: NOT_KEPT };
  }

  private of(session: Session): Stitching {
    const stitching = this.stitchings.get(session) ?? { breaks: new SessionBreaks(), reports: new ServerReports() };
    this.stitchings.set(session, stitching);
    return stitching;
  }

  private async choose(
    avail: MarkedBreak,
    { made, session, viewer }: Pick<Asked, 'made'> & { readonly session: Session; readonly viewer: Viewer },
  ): Promise<readonly ReadyAd[]> {
    const { web, shelf, tell } = this.subject;
    const all = await askForAds(made.decisionUrl, { session, avail, viewer }, { web, tell });
    const read = await Promise.all(
      all.map(async (ad): Promise<readonly (ReadyAd & Pick<VastAd, 'seconds'>)[]> => {
        try {
          const [key] = shelf.take(ad)?.split('/') ?? [];
          if (key === undefined) throw new Error('it has no HLS');
          const clip = await inTime(shelf.clip(key));
          return [{ ad, clip, key, seconds: clip.seconds }];
        } catch (error) {
          tell(`The ad ${ad.id} is left out of DASH. ${String(error)}`);
          return [];
        }
      }),
    );
    const ads = fitting(read.flat(), avail.seconds);
    this.counts.set(made.name, this.inserted(made.name) + ads.length);
    return ads;
  }

  private report(urls: readonly string[], { ip, userAgent }: Viewer): void {
    const { web, tell } = this.subject;
    for (const url of urls) {
      const { host } = new URL(url);
      if (web.isNear(url)) {
        const headers = { 'user-agent': userAgent, 'x-forwarded-for': ip };
        web.get({ url, headers, milliseconds: REPORT_MILLISECONDS }).then(
          ({ status }) =>
            status >= 400 && tell(`An ad was not reported to ${host}, which answers with status ${status}.`),
          (error: unknown) => tell(`An ad was not reported to ${host}: ${String(error)}`),
        );
      } else if (!this.silent.has(host)) {
        this.silent.add(host);
        tell(`Ads of DASH are not reported to ${host}: MediaTailor of the local run reports to this machine only.`);
      }
    }
  }
}

/** Waits for an ad. @throws Error once its break cannot wait any longer; the next one may have it. */
function inTime(clip: Promise<AdClip>): Promise<AdClip> {
  const late = pause(CLIP_MILLISECONDS, undefined, { ref: false }).then((): never => {
    throw new Error('it is not read yet');
  });
  return Promise.race([clip, late]);
}

function trackedAd({ ad, clip, id }: PlacedAd) {
  return { ...ad, seconds: clip.seconds, periodId: id };
}
