import type { ObjectStore } from '../../contract';
import type { DataPlane } from './data-plane';
import type { Preset } from './ffmpeg-arguments';
import type { Means } from './means';
import { Pipelines } from './pipelines';
import { FreePorts } from './push-endpoint';

/** What the processes of channels need. */
export interface FfmpegOptions {
  readonly means: Means;
  readonly objects: ObjectStore;
  readonly preset: Preset;
  /** The first TCP port to try for RTMP publishers. */
  readonly rtmpPort: number;
  /** The first UDP port to try for publishers of SRT, RTP and UDP. */
  readonly datagramPort: number;
}

/** The data plane that really encodes: ffmpeg processes on this machine. */
export function ffmpegDataPlane({ means, objects, preset, rtmpPort, datagramPort }: FfmpegOptions): DataPlane {
  return {
    ports: { tcp: FreePorts.tcp(rtmpPort), udp: FreePorts.udp(datagramPort) },
    run: (plan, events) => new Pipelines(plan, { means, objects, preset }, events),
  };
}
