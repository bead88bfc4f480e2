import { randomBytes } from 'node:crypto';
import type { Cloud } from '../../../contract';
import { type Alert, type AlertKind, isSet } from '../contract/alert';
import type { IngestSource } from '../contract/pipeline-source';
import { alertEvent } from './channel-events';

const VIDEO_NOT_DETECTED: AlertKind = {
  type: 'Video Not Detected',
  message: '[VideoBuffer[1]] Video not detected: Check input signal',
};

const RTMP_HAS_NOTHING: AlertKind = { type: 'RTMP Has No Audio/Video', message: 'Waiting for RTMP input' };

/**
 * Returns the alerts of a pipeline without media, by the kind of its input: 5201 "the active input is unavailable", and
 * for RTMP also 5307 "the specified RTMP stream is no longer present", which comes even if it never was. Types and
 * messages are those that MediaLive has been seen to send.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/monitor-activity-types-alerts-channels.html
 */
export function inputLoss(source: IngestSource): readonly AlertKind[] {
  const isRtmp =
    (source.kind === 'push' && source.endpoint.protocol === 'rtmp') ||
    (source.kind === 'pull' && source.protocol === 'rtmp');
  return isRtmp ? [RTMP_HAS_NOTHING, VIDEO_NOT_DETECTED] : [VIDEO_NOT_DETECTED];
}

const MOST_KEPT = 200;

/** The alerts of one channel, which also sends their events. */
export class Alerts {
  private alerts: readonly Alert[] = [];

  constructor(
    private readonly cloud: Pick<Cloud, 'clock' | 'events'>,
    private readonly channelArn: string,
  ) {}

  /** Raises an alert for a pipeline, unless it is up already. */
  set(pipeline: number, { type, message }: AlertKind): void {
    if (this.alerts.some((alert) => alert.pipeline === pipeline && alert.type === type && isSet(alert))) return;
    const id = randomBytes(20).toString('hex');
    const alert = { id, type, message, pipeline, setAt: this.cloud.clock.now(), clearedAt: undefined };
    this.alerts = [...this.alerts, alert].slice(-MOST_KEPT);
    this.cloud.events.put(alertEvent(this.channelArn, alert));
  }

  /** Clears the alerts of a pipeline; those of all pipelines when none is given. */
  clear(pipeline?: number): void {
    this.alerts = this.alerts.map((alert) => {
      if (!isSet(alert) || (pipeline !== undefined && alert.pipeline !== pipeline)) return alert;
      const cleared = { ...alert, clearedAt: this.cloud.clock.now() };
      this.cloud.events.put(alertEvent(this.channelArn, cleared));
      return cleared;
    });
  }

  /** Lists the alerts, the newest first. */
  all(): readonly Alert[] {
    return [...this.alerts].reverse();
  }
}
