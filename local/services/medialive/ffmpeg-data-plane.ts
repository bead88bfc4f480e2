import type { ObjectStore } from '../../cloud';
import type { DataPlane } from './data-plane';
import type { Preset } from './ffmpeg-arguments';
import type { Means } from './means';
import { Pipelines } from './pipelines';
import { RtmpPorts } from './rtmp-endpoint';

/** What the processes of channels need. */
export interface FfmpegOptions {
  readonly means: Means;
  readonly objects: ObjectStore;
  readonly preset: Preset;
  /** The first TCP port to try for RTMP publishers. */
  readonly rtmpPort: number;
}

/** The data plane that really encodes: ffmpeg processes on this machine. */
export function ffmpegDataPlane({ means, objects, preset, rtmpPort }: FfmpegOptions): DataPlane {
  return {
    ports: new RtmpPorts(rtmpPort),
    run: (plan, events) => new Pipelines(plan, { means, objects, preset }, events),
  };
}
