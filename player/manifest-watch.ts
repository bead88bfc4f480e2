import type { Gate } from './gate';

/** Interval at which the manifest of a stopped stream is read. */
const INTERVAL_MILLISECONDS = 3000;

/**
 * The parts of a manifest that change when its stream goes on, and nothing that changes without it. An MPD may carry
 * the time of the request; its timeline does not.
 */
export function fingerprint(manifest: string): string {
  if (manifest.trimStart().startsWith('#EXTM3U')) return manifest;
  return (manifest.match(/<S\s[^>]*>|(availabilityStartTime|type)="[^"]*"/g) ?? []).join('\n');
}

/** The first media playlist that a multivariant playlist names; undefined for a media playlist or an MPD. */
export function firstVariant(manifest: string): string | undefined {
  if (!manifest.includes('#EXT-X-STREAM-INF')) return undefined;
  return manifest.split(/\r?\n/).find((line) => line !== '' && !line.startsWith('#'));
}

/** Reads a manifest from time to time, beside an engine that has stopped reading it. */
export class ManifestWatch {
  private seen: string | undefined;
  private readAt = Number.NEGATIVE_INFINITY;
  /** Number of the stream that is watched, so that a late answer about an earlier one counts for nothing. */
  private stream = 0;

  /**
   * Reads the manifest of a stopped stream, unless it has just been read. Called several times a second.
   *
   * @param gate - takes the status of the answers, for a private channel. The browser's own player may only stop when the
   * edge refuses it; this request then says why.
   * @param returned - called when the manifest has changed since the last time. A failure to read it is not a change.
   */
  observe(stopped: boolean, url: string, gate: Gate | undefined, returned: () => void): void {
    if (!stopped) {
      this.reset();
      return;
    }
    void this.hasChanged(url, gate).then((changed) => {
      if (changed) returned();
    });
  }

  private async hasChanged(url: string, gate: Gate | undefined): Promise<boolean> {
    const now = performance.now();
    if (now - this.readAt < INTERVAL_MILLISECONDS) return false;
    this.readAt = now;
    const { stream } = this;
    const text = await read(url, gate);
    const variant = text && firstVariant(text);
    const timeline = variant ? await read(new URL(variant, url).href, gate) : text;
    if (timeline === undefined || stream !== this.stream) return false;
    const before = this.seen;
    this.seen = fingerprint(timeline);
    return before !== undefined && before !== this.seen;
  }

  /** Forgets the manifest, for another stream. */
  reset(): void {
    this.seen = undefined;
    this.stream++;
  }
}

async function read(url: string, gate: Gate | undefined): Promise<string | undefined> {
  const address = gate?.address(url) ?? url;
  try {
    const response = await fetch(address, { cache: 'no-store' });
    gate?.answered(response.status, address);
    return response.ok ? await response.text() : undefined;
  } catch {
    return undefined;
  }
}
