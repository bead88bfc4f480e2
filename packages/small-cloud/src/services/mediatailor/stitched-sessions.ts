import { randomUUID } from 'node:crypto';
import type { Session } from './session';
import { type Asked, refusal, type TailorAnswer, type TailorSubject } from './tailor-answer';

/** Longest time that the origin may take. @see https://docs.aws.amazon.com/mediatailor/latest/ug/quotas.html */
const ORIGIN_MILLISECONDS = 2000;

/**
 * Stitched sessions of DASH. MediaTailor puts the ads into the MPD as periods of their own; here the breaks keep the show,
 * and the operator is told so once.
 */
export class StitchedSessions {
  private told = false;

  constructor(private readonly subject: TailorSubject) {}

  /** Answers with the MPD of a session. One without a session is led to a new one. */
  async manifest({ made, rest, query }: Asked): Promise<TailorAnswer> {
    const { account, web, tell } = this.subject;
    if (!query.has('aws.sessionId')) {
      query.set('aws.sessionId', randomUUID());
      const location = `/v1/dash/${account}/${made.name}/${rest}?${query}`;
      return { ...refusal(302, location), headers: { location, 'cache-control': 'no-store' } };
    }
    if (!this.told) tell('Breaks in DASH keep the show: the local run stitches no ads into an MPD.');
    this.told = true;
    const origin = [...query].filter(([name]) => !/^(aws|ads)\./.test(name));
    const url = new URL(`${made.contentUrl}/${rest}`);
    url.search = String(new URLSearchParams(origin));
    const { status, headers, body } = await web.get({ url: url.href, milliseconds: ORIGIN_MILLISECONDS });
    const folder = `${made.contentPrefix ?? url.origin}${url.pathname.replace(/[^/]*$/, '')}`;
    const base = `<BaseURL>${web.forPage(folder, made.contentUrl)}</BaseURL>`;
    const text = body.toString('utf8');
    return {
      status,
      type: headers.get('content-type') ?? 'application/dash+xml',
      body: text.includes('<BaseURL>') ? text : text.replace(/<MPD\b[^>]*>/, (tag) => `${tag}\n${base}`),
      headers: { 'cache-control': 'no-store' },
    };
  }

  /** Answers with the ads of a session, which are none. */
  tracking(session: Session | undefined): TailorAnswer {
    if (session === undefined || session.guided) return refusal(400, 'the session is unknown, or over');
    const body = JSON.stringify({ avails: [], nonLinearAvails: [] });
    return { status: 200, type: 'application/json', body };
  }
}
