import { setTimeout as pause } from 'node:timers/promises';
import { variants } from '../test/end-to-end/media';
import { listedSeconds } from '../test/end-to-end/recorded-run';
import { median, type Row } from './table';

/** Pause between two requests of a viewer for the long playlist, in milliseconds: a segment. */
const VIEWER_PAUSE = 2000;

/** A viewer without a screen: reads the long playlist with every segment, and fetches the oldest segment that it lists. */
export class RewoundViewer {
  /** Length of the playlist, in minutes. */
  listed = 0;
  private requests = 0;
  private readonly failures: string[] = [];
  private readonly milliseconds: number[] = [];
  private readonly stopping = new AbortController();

  constructor(readonly manifest: string) {}

  async watch(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      await this.look().catch((error: unknown) => this.failures.push(String(error)));
      await pause(VIEWER_PAUSE, undefined, { signal: this.stopping.signal }).catch(() => {});
    }
  }

  stop(): void {
    this.stopping.abort();
  }

  row(): Row {
    const [first] = this.failures;
    const note = `median ${Math.round(median(this.milliseconds))} ms for the long playlist${first === undefined ? '' : `; first: ${first}`}`;
    return { what: 'a viewer at the oldest media', value: `${this.failures.length} of ${this.requests} failed`, note };
  }

  private async look(): Promise<void> {
    const [best] = variants(await this.fetched(this.manifest), this.manifest);
    const begun = performance.now();
    const playlist = await this.fetched(best?.url ?? '');
    this.milliseconds.push(performance.now() - begun);
    this.listed = listedSeconds(playlist) / 60;
    const [, oldest = ''] = playlist.match(/^[^#\s].*$/gm) ?? [];
    // The oldest leaves the list in a moment; the second is there for as long as a player needs.
    if (oldest !== '') await this.fetched(new URL(oldest, best?.url).href);
  }

  private async fetched(url: string): Promise<string> {
    this.requests += 1;
    const answer = await asked(url);
    if (!answer.ok) throw new Error(`${new URL(url).pathname}: ${answer.status}`);
    return answer.text();
  }
}

/** Fetches once more where the edge has closed the connection, which it does with one that waits for long. */
export function asked(url: string): Promise<Response> {
  return fetch(url).catch(() => fetch(url));
}
