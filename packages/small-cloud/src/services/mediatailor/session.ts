import { randomUUID } from 'node:crypto';

/** The wishes of a player at the beginning of its session. */
export interface Session {
  readonly guided: boolean;
  /** True where the player reports what it showed. @see https://docs.aws.amazon.com/mediatailor/latest/ug/sgai-ad-tracking.html */
  readonly reports: boolean;
  /** Values of `[player_params.…]`. */
  readonly params: Readonly<Record<string, string>>;
  /** The query for the origin. */
  readonly origin: string;
}

/** Most sessions that are kept. */
const MOST = 10_000;

/**
 * The sessions that players began with a POST, and the stitched ones. A guided one without a POST is in the query of its first
 * request, so that nothing is kept of it: its playlists are the same for everybody.
 */
export class Sessions {
  private readonly begun = new Map<string, Session>();

  /** Begins a session from the body of a POST. @returns its id. @throws Error for a body that is no JSON object. */
  begin(body: string): { readonly id: string; readonly session: Session } {
    const given = Object(JSON.parse(body === '' ? '{}' : body)) as Readonly<Record<string, unknown>>;
    const { adsParams, insertionMode, reportingMode, ...others } = given;
    const params = Object.entries(Object(adsParams)).map(([key, value]) => [key, String(value)] as const);
    const origin = Object.entries(others).filter(([, value]) => typeof value !== 'object');
    const session: Session = {
      guided: insertionMode === 'GUIDED',
      reports: /^client$/i.test(String(reportingMode)),
      params: Object.fromEntries(params),
      origin: String(new URLSearchParams(origin.map(([key, value]) => [key, String(value)]))),
    };
    return { id: this.keep(session), session };
  }

  /** Keeps a session. @returns its id. */
  keep(session: Session): string {
    const id = randomUUID();
    this.begun.set(id, session);
    for (const [oldest] of this.begun) if (this.begun.size > MOST) this.begun.delete(oldest);
    return id;
  }

  /** Finds a session by its id. */
  find(id: string): Session | undefined {
    return this.begun.get(id);
  }

  /** Reads the session of a request for a multivariant playlist. @returns undefined for the id of none. */
  of(query: URLSearchParams): Session | undefined {
    const id = query.get('aws.sessionId');
    if (id !== null) return this.find(id);
    const entries = [...query];
    const params = entries.filter(([key]) => key.startsWith('ads.')).map(([key, value]) => [key.slice(4), value]);
    const origin = entries.filter(([key]) => !/^(aws|ads)\./.test(key));
    return {
      guided: query.get('aws.insertionMode') === 'GUIDED',
      reports: query.get('aws.reportingMode')?.toUpperCase() === 'CLIENT',
      params: Object.fromEntries(params),
      origin: String(new URLSearchParams(origin)),
    };
  }
}
