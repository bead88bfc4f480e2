import type { HlsConfig } from 'hls.js';
import type { SupervisorEvent } from './supervisor';

/**
 * The permission to play a private channel, as its engine sees it. Engines know clean addresses only; each request gets
 * the newest token on its way out, so that a renewal changes nothing for them.
 */
export interface Gate {
  /** Returns the address to request in place of a clean one. Addresses of other sites stay as they are. */
  readonly address: (url: string) => string;
  /** Returns the clean address of a response. */
  readonly clean: (url: string) => string;
  /** Takes the status of every answer to a request, with the address that was requested. */
  readonly answered: (status: number, url: string) => void;
  /** Returns true for a report that concerns the permission; the supervisor must not see it, because it would retry. */
  readonly takes: (event: SupervisorEvent) => boolean;
  /** Returns settings of hls.js that send its requests through the gate. @param loader - the loader to extend. */
  readonly hls: (settings: Partial<HlsConfig>, loader: HlsConfig['loader']) => Partial<HlsConfig>;
}
