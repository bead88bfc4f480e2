import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Space for the media of one run, in bytes: about an hour at 9 Mb/s. Beyond it, the oldest media goes first. */
export const DISK_LIMIT_BYTES = 4_000_000_000;

/** A file with media of one channel. */
export interface MediaFile {
  readonly path: string;
  readonly bytes: number;
  /** End of its newest fragment, in seconds of the channel's timeline. */
  readonly endSeconds: number;
  /** Makes its channel forget the media up to {@link endSeconds}. */
  readonly drop: (file: MediaFile) => void;
}

/** Options of {@link MediaDisk}. */
export interface MediaDiskOptions {
  /** A folder of this run alone; created with the first file. */
  readonly folder: string;
  /** Takes warnings for the screen. */
  readonly tell: (line: string) => void;
  /** @default DISK_LIMIT_BYTES */
  readonly limitBytes?: number | undefined;
}

/** The files of all channels of a run. Together they stay within a limit: the oldest go first. */
export class MediaDisk {
  private readonly files = new Set<MediaFile>();
  private readonly busy = new Set<Promise<unknown>>();
  private bytes = 0;
  private count = 0;
  private warned = false;
  private closed = false;

  constructor(private readonly options: MediaDiskOptions) {}

  /** Writes a file; undefined when the disk is closed or cannot be written, which is said once. */
  async write(chunks: readonly Buffer[], of: Pick<MediaFile, 'endSeconds' | 'drop'>): Promise<MediaFile | undefined> {
    if (this.closed) return undefined;
    const path = join(this.options.folder, `${++this.count}.media`);
    if (!(await this.during(this.put(path, chunks)))) return undefined;
    const file = { path, bytes: chunks.reduce((sum, { length }) => sum + length, 0), ...of };
    this.files.add(file);
    this.bytes += file.bytes;
    this.makeRoom();
    return file;
  }

  /** Removes a file. A missing one is success. */
  remove(file: MediaFile): void {
    if (!this.files.delete(file)) return;
    this.bytes -= file.bytes;
    void this.during(rm(file.path, { force: true }).catch(() => {}));
  }

  /** Waits for the files that are being written or removed. */
  async settled(): Promise<void> {
    await Promise.all(this.busy);
  }

  /** Writes no more, and waits for what it has begun. The folder is removed with the run. */
  async close(): Promise<void> {
    this.closed = true;
    await this.settled();
  }

  private async during<T>(work: Promise<T>): Promise<T> {
    this.busy.add(work);
    try {
      return await work;
    } finally {
      this.busy.delete(work);
    }
  }

  private async put(path: string, chunks: readonly Buffer[]): Promise<boolean> {
    try {
      await mkdir(this.options.folder, { recursive: true });
      await writeFile(path, chunks);
      return true;
    } catch (error) {
      this.warn(`media cannot be written to the disk (${error}); it stays in memory for two minutes only`);
      return false;
    }
  }

  private makeRoom(): void {
    const { limitBytes = DISK_LIMIT_BYTES } = this.options;
    for (const oldest of this.files) {
      if (this.bytes <= limitBytes) return;
      this.warn(
        `the media of this run fills its ${limitBytes / 1e9} GB of disk: the oldest goes before its start-over window ends`,
      );
      oldest.drop(oldest);
      this.remove(oldest);
    }
  }

  private warn(line: string): void {
    if (this.warned) return;
    this.warned = true;
    this.options.tell(line);
  }
}
