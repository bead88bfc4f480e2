import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Cloud } from '../../contract';
import { guardedServer, requestUrl } from '../../wire/guarded-server';
import { PortOnDemand } from '../kit/listening';
import { GuidedSessions } from './guided-sessions';
import type { PlaybackConfiguration } from './playback-configuration';
import { Sessions } from './session';
import { type KnownSession, StitchedSessions } from './stitched-sessions';
import { type Asked, refusal, type TailorAnswer, type TailorSubject } from './tailor-answer';

/** Most bytes of a POST. */
const MOST_BYTES = 64 * 1024;

/** Answers a request to one of MediaTailor's faces. */
type Face = (asked: Asked) => TailorAnswer | Promise<TailorAnswer>;

/**
 * The port of loopback that serves players, through an edge: sessions, their playlists, the lists of ads and their media.
 * The path names the face, the account and the configuration.
 */
export class TailorFace {
  private readonly opened: PortOnDemand;
  private readonly sessions = new Sessions();
  private readonly guided: GuidedSessions;
  private readonly stitched: StitchedSessions;
  private readonly faces: Readonly<Record<string, Face>>;

  constructor(
    private readonly cloud: Pick<Cloud, 'names' | 'tell'>,
    private readonly subject: TailorSubject & { readonly find: (name: string) => PlaybackConfiguration | undefined },
  ) {
    const guard = { names: cloud.names, tell: (line: string) => cloud.tell('ads', line, 'warning') };
    this.opened = new PortOnDemand(guardedServer(guard, (request, response) => this.serve(request, response)));
    const guided = new GuidedSessions(subject);
    const stitched = new StitchedSessions(subject);
    this.guided = guided;
    this.stitched = stitched;
    this.faces = {
      'v1/master': (asked) => this.master(asked),
      'v1/i-media': (asked) => guided.media(asked),
      'v1/interstitials': (asked) => guided.list(asked),
      'v1/dash': (asked) => this.dash(asked),
      'v1/dashsegment': (asked) => this.within(asked, (known) => stitched.segment(asked, known)),
      'v1/session': (asked) => this.begin(asked),
      'v1/tracking': (asked) => this.within(asked, (known) => stitched.tracking(asked, known)),
      tm: (asked) => guided.ad(asked),
    };
  }

  /** The port; the first call opens it. */
  port(): Promise<number> {
    return this.opened.port();
  }

  stop(): Promise<void> {
    return this.opened.stop();
  }

  /** Returns the status line of a configuration. */
  figures(name: string): string {
    return `${this.guided.inserted(name) + this.stitched.inserted(name)} ads in breaks`;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, type, body, headers = {} } = await this.answer(request);
    response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), ...headers });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  private async answer(request: IncomingMessage): Promise<TailorAnswer> {
    const { pathname, searchParams: query } = requestUrl(request);
    const [, face = '', account, name = '', rest = ''] =
      /^\/(v1\/[\w-]+|tm|segment)\/([^/]+)\/([^/]+)\/(.*)$/.exec(pathname) ?? [];
    const answers = Object.hasOwn(this.faces, face) ? this.faces[face] : undefined;
    if (answers === undefined) return refusal(501, `${pathname} is not modelled by the local run`);
    const made = account === this.subject.account ? this.subject.find(name) : undefined;
    if (made === undefined) return refusal(404, `there is no playback configuration ${name} of this account`);
    const wanted = face === 'v1/session' ? /^POST$/ : /^(GET|HEAD)$/;
    if (!wanted.test(request.method ?? '')) return refusal(405, `${request.method} is not allowed`);
    try {
      return await answers({ request, made, rest, query, body: await bodyOf(request) });
    } catch (error) {
      this.cloud.tell('ads', `${pathname}: ${String(error)}`, 'warning');
      return refusal(504, 'the origin did not answer');
    }
  }

  private master(asked: Asked): TailorAnswer | Promise<TailorAnswer> {
    const session = this.sessions.of(asked.query);
    if (session === undefined) return refusal(400, 'the session is unknown, or over');
    if (!session.guided) {
      return refusal(501, 'a stitched session of HLS is not modelled by the local run: add aws.insertionMode=GUIDED');
    }
    if (!asked.made.maySelect) return refusal(400, 'the configuration has InsertionMode STITCHED_ONLY');
    if (!session.reports) {
      return refusal(501, 'reports by MediaTailor are not modelled by the local run: add aws.reportingMode=CLIENT');
    }
    return this.guided.multivariant(asked, session);
  }

  /** Answers with the MPD of a session. One without a session is led to a new one. */
  private dash(asked: Asked): TailorAnswer | Promise<TailorAnswer> {
    const { query, made, rest } = asked;
    const session = this.sessions.of(query);
    if (session === undefined) return refusal(400, 'the session is unknown, or over');
    const known = query.get('aws.sessionId');
    if (known !== null) return this.stitched.manifest(asked, { id: known, session });
    const id = this.sessions.keep(session);
    const more = session.origin === '' ? '' : `&${session.origin}`;
    const location = `/v1/dash/${this.subject.account}/${made.name}/${rest}?aws.sessionId=${id}${more}`;
    return { ...refusal(302, location), headers: { location, 'cache-control': 'no-store' } };
  }

  /** Answers within the stitched session that the path begins with. */
  private within({ rest }: Asked, answer: (known: KnownSession) => TailorAnswer): TailorAnswer {
    const [id = ''] = rest.split('/');
    const session = this.sessions.find(id);
    if (session === undefined || session.guided) return refusal(400, 'the session is unknown, or over');
    return answer({ id, session });
  }

  private begin({ made, rest, body }: Asked): TailorAnswer {
    let begun: ReturnType<Sessions['begin']>;
    try {
      begun = this.sessions.begin(body);
    } catch {
      return refusal(400, 'the body is no JSON object');
    }
    const { id, session } = begun;
    const below = (face: string, path: string) => `/v1/${face}/${this.subject.account}/${made.name}/${path}`;
    const face = rest.endsWith('.mpd') ? 'dash' : 'master';
    const manifestUrl = below(face, `${rest}?aws.sessionId=${id}`);
    // A guided session has its reports in the lists of its ads.
    const answer = session.guided ? { manifestUrl } : { manifestUrl, trackingUrl: below('tracking', id) };
    return { status: 200, type: 'application/json', body: JSON.stringify(answer) };
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += Buffer.from(chunk).length;
    if (size > MOST_BYTES) throw new Error('the body is too long');
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks).toString('utf8');
}
