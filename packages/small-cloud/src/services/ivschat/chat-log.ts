import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Cloud, ObjectWriter, Properties } from '../../contract';
import { type LoggingConfiguration, logPrefix } from './logging-configuration';
import type { Room } from './room';

/** Interval at which logs reach a bucket, in seconds. */
const EVERY_SECONDS = 300;

/** Parts of the run that logs are written with. */
export interface LogMeans {
  readonly cloud: Pick<Cloud, 'clock' | 'accountId' | 'region' | 'tell'>;
  readonly objects: Pick<ObjectWriter, 'write'>;
  /** Finds a logging configuration by its ARN. */
  readonly find: (arn: string) => LoggingConfiguration | undefined;
}

/**
 * The log of a room: what was sent, in the buckets of its logging configurations, every five minutes of the cloud's time
 * and at the end of the run.
 *
 * @see https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/chat-logging.html
 */
export class ChatLog {
  private lines: string[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly room: Room,
    private readonly means: LogMeans,
  ) {}

  /** Keeps a record. @param type - `MESSAGE` or `EVENT`. */
  record(type: 'MESSAGE' | 'EVENT', payload: Properties): void {
    if (this.room.settings.logging.length === 0) return;
    const { clock } = this.means.cloud;
    const at = new Date(clock.now()).toISOString();
    this.lines.push(JSON.stringify({ event_timestamp: at, type, version: '1.0', payload }));
    this.timer ??= setTimeout(() => void this.flush(), (EVERY_SECONDS * 1000) / clock.speed).unref();
  }

  /** Writes what waits. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { lines, room, means } = this;
    if (lines.length === 0) return;
    this.lines = [];
    const body = gzipSync(`${lines.join('\n')}\n`);
    for (const arn of room.settings.logging) {
      const bucket = means.find(arn)?.bucket;
      if (bucket === undefined) continue;
      try {
        await means.objects.write({ bucket, key: this.key(), body, contentType: 'application/gzip' });
      } catch (error) {
        means.cloud.tell('chat', `the log of room ${room.id} is lost: ${error}`, 'warning');
      }
    }
  }

  /** `AWSLogs/…/room_<id>/2026/11/29/07/…log.gz` */
  private key(): string {
    const { cloud } = this.means;
    const at = new Date(cloud.clock.now()).toISOString();
    const [day, hour, minute] = [at.slice(0, 10), at.slice(11, 13), at.slice(14, 16)];
    const name = `${cloud.accountId}_IVSChatLogs_${cloud.region}_room_${this.room.id}_${day.replaceAll('-', '')}T${hour}${minute}Z`;
    const folder = `room_${this.room.id}/${day.replaceAll('-', '/')}/${hour}/`;
    return `${logPrefix(cloud)}${folder}${name}_${randomBytes(4).toString('hex')}.log.gz`;
  }
}
