import type { ObjectStore } from '../../../contract';
import type { DataPlane } from '../contract/data-plane';
import type { Means } from '../contract/means';
import { FreePorts } from '../contract/push-endpoint';
import type { Preset } from '../encoder/presets';
import { Pipelines } from './pipelines';

/** Tools and settings of the processes of channels. */
export interface FfmpegOptions {
  readonly means: Means;
  readonly objects: ObjectStore;
  readonly preset: Preset;
  /** The first TCP port to try for RTMP publishers. */
  readonly rtmpPort: number;
  /** The first UDP port to try for publishers of SRT, RTP and UDP. */
  readonly datagramPort: number;
}

/** Makes the data plane that encodes with ffmpeg processes on this machine. */
export function ffmpegDataPlane({ means, objects, preset, rtmpPort, datagramPort }: FfmpegOptions): DataPlane {
  return {
    ports: { tcp: FreePorts.tcp(rtmpPort), udp: FreePorts.udp(datagramPort) },
    run: (plan, events) => new Pipelines(plan, { means, objects, preset }, events),
  };
}
