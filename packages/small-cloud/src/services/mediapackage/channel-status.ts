import type { NodeStatus } from '../../contract';
import type { PackagedChannel } from './ingest/packaged-channel';

/** A channel is degraded when no media has arrived for this long, or when its media is this much behind the clock. */
const LATE_SECONDS = 5;

/** Describes the state of a channel for its status line. */
export function channelStatus(channel: PackagedChannel): Pick<NodeStatus, 'state' | 'detail'> {
  const { figures } = channel;
  if (!figures) return { state: 'waiting', detail: 'no media yet' };
  const kept = figures.diskBytes === 0 ? '' : `, ${(figures.diskBytes / 1e6).toFixed(1)} MB of them on the disk`;
  const media = `${figures.heldSeconds.toFixed(0)} s in ${figures.parts} parts, ${(figures.bytes / 1e6).toFixed(1)} MB${kept}`;
  if (figures.silentSeconds > LATE_SECONDS) {
    return { state: 'degraded', detail: `no media for ${figures.silentSeconds.toFixed(0)} s; ${media}` };
  }
  const edge = `live edge ${Math.max(0, figures.behindSeconds).toFixed(1)} s behind the clock`;
  const state = figures.behindSeconds > LATE_SECONDS ? 'degraded' : 'running';
  const onAir = figures.pipeline === undefined ? '' : `pipeline ${figures.pipeline} on air, `;
  return { state, detail: `${onAir}${edge}, ${figures.tracks.length} tracks, ${media}` };
}
