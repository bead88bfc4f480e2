import type { HlsConfig } from 'hls.js';
import type { EngineName } from '../choice';
import type { Gate } from '../gate';
import type { SupervisorEvent } from '../supervisor';
import { withoutToken, withToken } from './token-path';

/** Statuses with which the edge refuses a token: none that is valid, a revoked one, the wrong country. */
const REFUSALS: ReadonlySet<number> = new Set([401, 410, 451]);

/** Everything that a gate needs to know. */
export interface GateOptions {
  readonly engine: EngineName;
  /** Address of the page. */
  readonly page: string;
  /** Returns the first part of the path of every media request, with the newest token. */
  readonly base: () => string;
  /** Called when the edge has refused a request; `current` is true when that had the newest token. */
  readonly refused: (status: number, current: boolean) => void;
}

/** Makes the gate of a private channel. */
export function mediaGate({ engine, page, base, refused }: GateOptions): Gate {
  const gate: Gate = {
    address: (url) => withToken(url, base(), page),
    clean: (url) => withoutToken(url, page),
    answered: (status, url) => {
      if (REFUSALS.has(status)) refused(status, new URL(url, page).pathname.startsWith(`${base()}/`));
    },
    takes: (event) => {
      const status = statusOf(event);
      if (!REFUSALS.has(status)) return false;
      // The libraries pass on every answer before they give up.
      if (engine === 'native') refused(status, true);
      return true;
    },
    hls: (settings, Loader) => ({ ...settings, loader: gatedLoader(gate, Loader) }),
  };
  return gate;
}

const statusOf = (event: SupervisorEvent): number =>
  event.kind === 'refused' && event.cause.kind === 'http' ? event.cause.status : 0;

type Loader = HlsConfig['loader'];
type Load = InstanceType<Loader>['load'];
type NetworkDetails = Parameters<Parameters<Load>[2]['onError']>[2];

/**
 * Makes a loader for hls.js whose requests go through the gate. hls.js itself never sees a token, so that addresses stay
 * comparable: it looks for a playlist's rendition reports by address.
 */
function gatedLoader(gate: Gate, Base: Loader): Loader {
  return class extends Base {
    constructor(config: HlsConfig) {
      super({ ...config, xhrSetup: (xhr, url) => xhr.open('GET', gate.address(url), true) });
    }

    override load(...[context, config, callbacks]: Parameters<Load>): void {
      super.load(context, config, {
        ...callbacks,
        onSuccess: (response, ...rest) => callbacks.onSuccess({ ...response, url: gate.clean(response.url) }, ...rest),
        onError: (error, failed, details, stats) => {
          gate.answered(error.code, requestedBy(details) || gate.address(failed.url));
          callbacks.onError(error, failed, details, stats);
        },
      });
    }
  };
}

/** The address that was requested, with the token of that time; empty when there was no answer. */
const requestedBy = (details: NetworkDetails): string =>
  details !== null && 'responseURL' in details ? details.responseURL : '';
