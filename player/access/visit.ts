import type { LinkMemory } from './link-memory';
import type { Session, SessionAnswer } from './session';
import type { SessionService } from './session-service';
import type { SignIn } from './sign-in';
import type { AccessEvent, Credential } from './state';

/** Helpers of a {@link Visit}. */
export interface VisitMeans {
  readonly service: SessionService;
  /** Undefined in a stack that admits by links only. */
  readonly signIn: SignIn | undefined;
  readonly links: LinkMemory;
}

/** Circumstances of one request for a session. */
export interface Asking {
  readonly credential: Credential;
  readonly native: boolean;
  readonly takeover: boolean;
  /** True to fetch a new access token first. */
  readonly refresh: boolean;
}

/** Requests of one viewer for one channel: gets the proof together, then asks the service. */
export class Visit {
  constructor(
    private readonly means: VisitMeans,
    readonly channel: string,
    private link: string | undefined,
  ) {}

  /** The proof that the viewer has now. A link counts for more than a sign-in, because it was opened for this channel. */
  credential(): Credential {
    if (this.link !== undefined || this.means.links.sessionFor(this.channel) !== undefined) return 'link';
    return this.means.signIn?.signedIn ? 'sign-in' : 'none';
  }

  /** Begins a session. */
  async begin({ credential, native, takeover, refresh }: Asking): Promise<AccessEvent> {
    const { channel, means } = this;
    if (credential === 'link') return this.beginWithLink(native, takeover);
    const wish = { channel, native, takeover };
    return this.withToken(refresh, (token) => means.service.begin(wish, { 'x-viewer-token': token }));
  }

  /** Renews a session. */
  async renew(session: Session, credential: Credential, refresh: boolean): Promise<AccessEvent> {
    const { service } = this.means;
    if (credential === 'link') return this.remembered(await service.renew(session, undefined));
    return this.withToken(refresh, (token) => service.renew(session, token));
  }

  /** Exchanges the link. A link that this tab has exchanged before goes on with its session. */
  private async beginWithLink(native: boolean, takeover: boolean): Promise<AccessEvent> {
    const { service, links } = this.means;
    const { channel, link } = this;
    const kept = links.sessionFor(channel);
    if (link === undefined) {
      return kept === undefined ? { kind: 'sign-in-lost' } : this.remembered(await service.renew(kept, undefined));
    }
    const answer = await service.begin({ channel, native, takeover }, { 'x-viewer-link': link });
    if (answer.kind === 'session') {
      this.link = undefined;
      return this.remembered(answer);
    }
    if (answer.kind !== 'refused' || answer.name !== 'link-used' || kept === undefined) return answer;
    const renewed = await service.renew(kept, undefined);
    return renewed.kind === 'session' ? this.remembered(renewed) : answer;
  }

  private remembered(answer: SessionAnswer): SessionAnswer {
    if (answer.kind === 'session') this.means.links.keep(this.channel, answer.session);
    if (answer.kind === 'refused') this.means.links.forget();
    return answer;
  }

  private async withToken(refresh: boolean, ask: (token: string) => Promise<SessionAnswer>): Promise<AccessEvent> {
    const answer = (await this.means.signIn?.token(refresh)) ?? { kind: 'lost' };
    if (answer.kind === 'token') return ask(answer.token);
    return answer.kind === 'lost' ? { kind: 'sign-in-lost' } : answer;
  }
}
