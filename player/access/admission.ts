import type { Choice } from '../choice';
import type { Playback } from '../playback';
import type { Words } from '../words';
import { next } from './machine';
import { mediaGate } from './media-gate';
import { AccessPanel } from './panel';
import type { SignIn } from './sign-in';
import { type AccessAction, type AccessEvent, type AccessState, AWAY } from './state';
import { Visit, type VisitMeans } from './visit';
import { panelContent } from './words';

/** Interval at which the state machine looks at the clock. */
const TICK_MILLISECONDS = 1000;
/** Time that the end of one session may delay the beginning of the next. */
const END_MILLISECONDS = 2000;

/** Everything that the admission needs. */
export interface AdmissionOptions extends VisitMeans {
  readonly playback: Pick<Playback, 'open' | 'refuse' | 'restart'>;
  /** Link from the page's address, for the first channel that is opened. */
  readonly link: string | undefined;
  /** Query string with which the sign-in led back to the page. */
  readonly answer: string | undefined;
  readonly now: () => number;
}

/** Lets viewers of private channels in: carries out the decisions of the state machine. */
export class Admission {
  private state: AccessState = AWAY;
  private choice: Choice | undefined;
  private visit: Visit | undefined;
  private answer: string | undefined;
  /** Number of the request whose answer counts. */
  private newest = 0;
  /** Settled once the session before is over, so that it does not count as another device. */
  private ended: Promise<unknown> = Promise.resolve();
  private readonly panel = new AccessPanel((press) => this.dispatch({ kind: 'pressed', press }));

  constructor(private readonly options: AdmissionOptions) {
    this.answer = options.answer;
    setInterval(() => this.dispatch({ kind: 'tick' }), TICK_MILLISECONDS);
    addEventListener('pagehide', ({ persisted }) => {
      // A page that the browser keeps for the way back goes on with its session.
      if (!persisted) this.end(this.state);
    });
  }

  /** Plays a private channel once the viewer is let in. */
  open(choice: Choice): void {
    const name = choice.channel?.name ?? '';
    const native = choice.engine === 'native';
    this.choice = choice;
    if (this.state.phase === 'watching' && this.visit?.channel === name && this.state.native === native) {
      this.play();
      return;
    }
    this.leave();
    const { answer } = this;
    this.choice = choice;
    this.answer = undefined;
    this.visit = new Visit(this.options, name, this.options.link);
    this.dispatch({ kind: 'opened', credential: this.visit.credential(), native, redeem: answer !== undefined });
    if (this.state.phase === 'redeeming') void this.redeem(answer ?? '');
  }

  /** Gives the session back, because the viewer chose something else. */
  leave(): void {
    this.newest++;
    this.end(this.state);
    this.choice = undefined;
    this.visit = undefined;
    this.dispatch({ kind: 'closed' });
  }

  private dispatch(event: AccessEvent): void {
    const before = this.state;
    const { state, action } = next(before, event, this.options.now());
    this.state = state;
    this.carryOut(action, before);
    const { signIn } = this.options;
    this.panel.show(panelContent(this.state, signIn !== undefined), this.state.credential === 'sign-in');
  }

  private carryOut(action: AccessAction, before: AccessState): void {
    const { playback, signIn } = this.options;
    switch (action.kind) {
      case 'none':
      case 'redeem': // begun by open()
        return;
      case 'play':
        this.play();
        return;
      case 'replay':
        playback.restart();
        return;
      case 'stop':
        this.end(before);
        playback.refuse(panelContent(this.state, signIn !== undefined) ?? CONNECTING);
        return;
      case 'begin':
        this.begin(action, before);
        return;
      case 'renew':
        this.renew(action.refresh);
        return;
      case 'leave-for-sign-in':
        void this.signIn();
        return;
      case 'sign-out':
        void this.signOut(before);
    }
  }

  private begin({ refresh, takeover }: Extract<AccessAction, { readonly kind: 'begin' }>, before: AccessState): void {
    const { credential, native } = this.state;
    // Playback goes on while another session takes the place of one that is not renewed.
    if (this.state.phase === 'watching') this.end(before);
    else if (this.state.phase === 'asking' && this.state.refusal === undefined) {
      this.options.playback.refuse(CONNECTING, 'loading');
    }
    void this.ask((visit) => visit.begin({ credential, native, takeover, refresh }));
  }

  private renew(refresh: boolean): void {
    const { state } = this;
    if (state.phase === 'watching') void this.ask((visit) => visit.renew(state.session, state.credential, refresh));
  }

  private play(): void {
    const { choice, options } = this;
    if (choice === undefined) return;
    const gate = mediaGate({
      engine: choice.engine,
      page: location.href,
      base: () => (this.state.phase === 'watching' ? this.state.session.base : ''),
      // An engine may report in the middle of its own work, which has to be over before it is destroyed.
      refused: (status, current) => setTimeout(() => this.dispatch({ kind: 'edge', status, current })),
    });
    options.playback.open({ ...choice, gate });
  }

  /** Sends a request, unless the viewer has gone on to something else, and takes its answer. */
  private async ask(request: (visit: Visit) => Promise<AccessEvent>): Promise<void> {
    const number = ++this.newest;
    const { visit } = this;
    await this.ended;
    if (visit === undefined || number !== this.newest) return;
    const event = await request(visit);
    if (number === this.newest) this.dispatch(event);
    else if (event.kind === 'session' && visit.credential() !== 'link') void this.options.service.end(event.session);
  }

  private async redeem(answer: string): Promise<void> {
    const number = ++this.newest;
    const { signIn } = this.options;
    await signIn?.finish(answer);
    if (number === this.newest) this.dispatch({ kind: signIn?.signedIn ? 'signed-in' : 'sign-in-failed' });
  }

  /** Leads the viewer to the sign-in, or goes on with one that is there. */
  private async signIn(): Promise<void> {
    const { signIn } = this.options;
    if (signIn?.signedIn) this.dispatch({ kind: 'signed-in' });
    else await leaveFor(signIn).catch(() => this.dispatch({ kind: 'sign-in-failed' }));
  }

  private async signOut(before: AccessState): Promise<void> {
    this.newest++;
    this.end(before);
    this.options.playback.refuse({ headline: 'Signing out…', detail: '' }, 'loading');
    location.assign((await this.options.signIn?.signOut()) ?? location.href);
  }

  /** Ends a session. One that began with a link is left to run out, because a reload of the page goes on with it. */
  private end(state: AccessState): void {
    if (state.phase !== 'watching' || state.credential === 'link') return;
    const patience = new Promise((resolve) => setTimeout(resolve, END_MILLISECONDS));
    this.ended = Promise.race([this.options.service.end(state.session), patience]);
  }
}

const CONNECTING: Words = { headline: 'Connecting…', detail: '' };

async function leaveFor(signIn: SignIn | undefined): Promise<void> {
  const url = await signIn?.begin(location.search);
  if (url !== undefined) location.assign(url);
}
