import type { Processes } from '../../../src/host/processes';
import type { IngestSink } from '../../../src/services/medialive/contract/contribution';
import type { FakeCloud } from '../fakes';

const FFMPEG = process.env['FFMPEG_PATH'] || 'ffmpeg';

/** The encoder's end of an ingest: it keeps what it gets. */
export class Received implements IngestSink {
  /** Bytes stretch by stretch; a new one begins when the source has gone. */
  readonly stretches: Buffer[] = [Buffer.alloc(0)];

  take(bytes: Buffer): boolean {
    const last = this.stretches.length - 1;
    this.stretches[last] = Buffer.concat([this.stretches[last] ?? Buffer.alloc(0), bytes]);
    return true;
  }

  gone(): void {
    this.stretches.push(Buffer.alloc(0));
  }
}

/**
 * Returns the means of an ingest that runs real processes.
 *
 * @param object - path of every object of a bucket. @default there are none
 */
export function realMeans(cloud: FakeCloud, processes: Processes, object?: string) {
  return {
    ffmpeg: { path: FFMPEG, hevc: true, frameOption: '-fps_mode' } as const,
    processes,
    tell: (node: string, line: string) => cloud.tell(node, line),
    now: () => performance.now() / 1000,
    objects: { file: () => object },
  };
}
