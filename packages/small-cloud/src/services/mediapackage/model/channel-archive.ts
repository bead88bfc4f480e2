import type { MovableBytes } from './kept-bytes';
import type { Fragment } from './media';
import type { MediaDisk, MediaFile } from './media-disk';

/** Newest media that stays in memory, in seconds: more than the manifests for live viewers list. */
const RECENT_SECONDS = 60;
/** Media in one file, in seconds. */
const BATCH_SECONDS = 10;
/** Longest media that a channel keeps in memory when the disk takes none, in seconds. */
const MOST_IN_MEMORY_SECONDS = 120;

/** A fragment whose bytes may be moved. */
export type MovableFragment = Fragment & { readonly data: MovableBytes };

/** Moves the older media of one channel to the disk, in files of ten seconds. */
export class ChannelArchive {
  private waiting: MovableFragment[] = [];
  private files: MediaFile[] = [];
  private writing: Promise<void> | undefined;

  /** @param dropUntil - makes the channel forget the media up to a time. */
  constructor(
    private readonly disk: MediaDisk,
    private readonly dropUntil: (seconds: number) => void,
  ) {}

  /** Bytes on the disk. */
  get bytes(): number {
    return this.files.reduce((sum, file) => sum + file.bytes, 0);
  }

  /** Takes a fragment whose bytes are in memory. */
  add(fragment: MovableFragment): void {
    this.waiting.push(fragment);
  }

  /** Writes a file when there is enough media for one. `edgeSeconds` is the end of the newest media. */
  settle(edgeSeconds: number): void {
    const oldest = this.waiting[0];
    if (this.writing || !oldest || oldest.endSeconds > edgeSeconds - RECENT_SECONDS - BATCH_SECONDS) return;
    const batch = this.waiting.filter(({ endSeconds }) => endSeconds <= edgeSeconds - RECENT_SECONDS);
    this.writing = this.write(batch, edgeSeconds).finally(() => {
      this.writing = undefined;
    });
  }

  /** Waits for the file that is being written. */
  async settled(): Promise<void> {
    await this.writing;
  }

  /** Removes the files that end before a time. */
  evict(beforeSeconds: number): void {
    while (this.waiting[0] && this.waiting[0].endSeconds < beforeSeconds) this.waiting.shift();
    const gone = this.files.filter(({ endSeconds }) => endSeconds <= beforeSeconds);
    if (gone.length === 0) return;
    this.files = this.files.filter(({ endSeconds }) => endSeconds > beforeSeconds);
    for (const file of gone) this.disk.remove(file);
  }

  private async write(batch: readonly MovableFragment[], edgeSeconds: number): Promise<void> {
    const endSeconds = Math.max(...batch.map((fragment) => fragment.endSeconds));
    const drop = (oldest: MediaFile) => {
      this.dropUntil(oldest.endSeconds);
      this.files = this.files.filter((one) => one !== oldest);
    };
    const chunks = batch.map(({ data }) => data.inMemory ?? Buffer.alloc(0));
    const file = await this.disk.write(chunks, { endSeconds, drop });
    if (!file) {
      this.dropUntil(edgeSeconds - MOST_IN_MEMORY_SECONDS);
      return;
    }
    const moved = new Set(batch);
    this.waiting = this.waiting.filter((fragment) => !moved.has(fragment));
    this.files.push(file);
    let offset = 0;
    for (const { data } of batch) {
      data.moveTo(file.path, offset);
      offset += data.length;
    }
  }
}
