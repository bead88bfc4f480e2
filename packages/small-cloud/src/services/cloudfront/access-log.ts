import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Cloud, ObjectShelf } from '../../contract';
import type { AccessLogging } from './control/access-logs';
import { LOG_HEAD, logLine, type Visit } from './log-line';
import { RequestIds } from './request-ids';

/** Parts of the run that an access log uses. */
export interface AccessLogMeans {
  readonly cloud: Pick<Cloud, 'clock' | 'tell'>;
  readonly shelf: ObjectShelf;
  readonly distribution: { readonly id: string; readonly domainName: string };
}

/** Time between two files, in the cloud's time. CloudFront writes several times an hour. */
const EVERY_MILLISECONDS = 300_000;
/** Lines of one file; more begin the next one. */
const MOST_LINES = 20_000;

/** The line of a visit around the id of its request, and the second for which it is valid. */
interface Line {
  readonly second: number;
  readonly before: string;
  readonly after: string;
}

/**
 * The access log of one distribution: requests become lines, and lines become compressed files in a bucket, every five
 * minutes of the cloud's time and at the end of the run.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
 */
export class AccessLog {
  private lines: string[] = [];
  /** Lines, by visit. */
  private readonly known = new WeakMap<Visit, Line>();
  private readonly ids = new RequestIds();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    readonly logging: AccessLogging,
    private readonly means: AccessLogMeans,
  ) {}

  /** Records a visit. Requests that are alike may share the object, and then share most of their line. */
  record(visit: Visit): void {
    const { cloud } = this.means;
    const { before, after } = this.line(visit);
    this.lines.push(before + this.ids.next() + after);
    if (this.lines.length >= MOST_LINES) void this.flush();
    this.timer ??= setTimeout(() => void this.flush(), EVERY_MILLISECONDS / cloud.clock.speed).unref();
  }

  private line(visit: Visit): Line {
    const { cloud, distribution } = this.means;
    const at = cloud.clock.now();
    const second = Math.floor(at / 1000);
    const known = this.known.get(visit);
    if (known?.second === second) return known;
    const { domainName } = distribution;
    const { includesCookies } = this.logging;
    const [before, after] = logLine(visit, { at, domainName, includesCookies });
    const line = { second, before, after };
    this.known.set(visit, line);
    return line;
  }

  /** Writes the lines so far. Never throws: CloudFront delivers its logs as well as it can. */
  async flush(): Promise<void> {
    const { logging, means, lines: written } = this;
    this.drop();
    if (written.length === 0) return;
    const hour = new Date(means.cloud.clock.now()).toISOString().slice(0, 13).replace('T', '-');
    const key = `${logging.prefix}${means.distribution.id}.${hour}.${randomBytes(4).toString('hex')}.gz`;
    try {
      const body = await promisify(gzip)(`${LOG_HEAD}${written.join('')}`);
      await means.shelf.write({ bucket: logging.bucket, key, body, contentType: 'application/x-gzip' });
    } catch (error) {
      means.cloud.tell('edge', `An access log was not written: ${error}`, 'warning');
    }
  }

  /** Forgets the lines so far. */
  drop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.lines = [];
  }
}
