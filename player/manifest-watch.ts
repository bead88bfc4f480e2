/**
 * What of a manifest changes when its stream goes on, and nothing that changes without it. An MPD may carry the time
 * of the request; its timeline does not.
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

/** Looks at a manifest from time to time, beside an engine that has stopped looking. */
export class ManifestWatch {
  private seen: string | undefined;

  /** Reads the manifest; true when it has changed since the last time. A failure to read it is no change. */
  async hasChanged(url: string): Promise<boolean> {
    const text = await read(url);
    const variant = text && firstVariant(text);
    const now = variant ? await read(new URL(variant, url).href) : text;
    if (now === undefined) return false;
    const before = this.seen;
    this.seen = fingerprint(now);
    return before !== undefined && before !== this.seen;
  }

  /** Forgets what was seen, for another stream. */
  reset(): void {
    this.seen = undefined;
  }
}

async function read(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { cache: 'no-store' });
    return response.ok ? await response.text() : undefined;
  } catch {
    return undefined;
  }
}
