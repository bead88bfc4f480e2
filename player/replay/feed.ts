import type { Gate } from '../gate';
import { type Catalogue, readCatalogue } from './catalogue';

/** Age at which the catalogue is read again, in seconds. A recording then appears within a minute. */
const FRESH_SECONDS = 50;
/** Interval at which the age is looked at. */
const LOOK_MILLISECONDS = 5000;

/** The catalogue as it was read last, or the reason that there is none. */
export type CatalogueState =
  | { readonly kind: 'none' }
  | { readonly kind: 'catalogue'; readonly catalogue: Catalogue }
  | { readonly kind: 'problem'; readonly sentence: string };

/** Reads the catalogue of a channel from time to time, while somebody looks at the page. */
export class Feed {
  private url: string | undefined;
  private gate: Gate | undefined;
  private readAt = Number.NEGATIVE_INFINITY;
  private reading: Promise<CatalogueState> | undefined;
  private state: CatalogueState = { kind: 'none' };

  /** @param changed - called with what was read. */
  constructor(private readonly changed: (state: CatalogueState) => void) {
    const look = (): void => {
      if (document.visibilityState === 'visible') void this.look();
    };
    setInterval(look, LOOK_MILLISECONDS);
    document.addEventListener('visibilitychange', look);
  }

  /** Reads another catalogue from now on, or the same one with another permission. */
  follow(url: string | undefined, gate: Gate | undefined): void {
    this.gate = gate;
    if (url === this.url) return;
    this.url = url;
    this.state = { kind: 'none' };
    this.readAt = Number.NEGATIVE_INFINITY;
    this.reading = undefined;
    this.changed(this.state);
    void this.look();
  }

  /** Returns the catalogue once it has been read. */
  async latest(): Promise<CatalogueState> {
    return this.state.kind === 'none' ? this.look() : this.state;
  }

  private async look(): Promise<CatalogueState> {
    const { url, gate } = this;
    if (url === undefined) return this.state;
    if (performance.now() - this.readAt < FRESH_SECONDS * 1000) return this.reading ?? this.state;
    this.readAt = performance.now();
    const reading = request(gate?.address(new URL(url, location.href).href) ?? url, gate);
    this.reading = reading;
    const state = await reading;
    if (url !== this.url) return this.state;
    // A list that was read once is of more use than the reason that it cannot be read again.
    if (state.kind !== 'problem' || this.state.kind !== 'catalogue') this.state = state;
    this.changed(this.state);
    return this.state;
  }
}

async function request(address: string, gate: Gate | undefined): Promise<CatalogueState> {
  const problem = (sentence: string): CatalogueState => ({ kind: 'problem', sentence });
  try {
    const response = await fetch(address, { cache: 'no-cache' });
    gate?.answered(response.status, address);
    // A private bucket answers 403 for a file that it does not have.
    if (response.status === 404 || response.status === 403) return problem('There is no recording yet.');
    if (!response.ok) return problem(`The recordings cannot be listed: the server answered ${response.status}.`);
    const catalogue = readCatalogue(await response.json());
    return catalogue === undefined
      ? problem('The recordings cannot be listed: the server’s answer is no catalogue that this page knows.')
      : { kind: 'catalogue', catalogue };
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'the server’s answer is not JSON' : 'the server does not answer';
    return problem(`The recordings cannot be listed: ${reason}.`);
  }
}
