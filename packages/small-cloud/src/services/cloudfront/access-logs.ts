import { isDeepStrictEqual } from 'node:util';
import type { Cloud, ObjectShelf } from '../../contract';
import { AccessLog } from './access-log';
import type { Distribution } from './control/distribution';
import type { Visit } from './log-line';

/** The access logs of all distributions that have one. */
export class AccessLogs {
  /** By the id of the distribution. */
  private readonly all = new Map<string, AccessLog>();

  /** @param shelf - S3; without it there are no logs. */
  constructor(
    private readonly cloud: Pick<Cloud, 'clock' | 'tell'>,
    private readonly shelf: ObjectShelf | undefined,
  ) {}

  /** Opens the access log of a distribution, or goes on with it. @throws Error for a bucket that CloudFront refuses. */
  keep(distribution: Distribution): void {
    const { cloud, shelf } = this;
    const { id, logging } = distribution;
    if (logging === undefined || shelf === undefined || !shelf.holds(logging.bucket)) {
      this.drop(id);
      return;
    }
    if (!shelf.allowsAcls(logging.bucket)) {
      const rule = 'The S3 bucket that you specified for CloudFront logs does not enable ACL access';
      throw new Error(`${rule}: ${logging.bucket}.s3.amazonaws.com`);
    }
    const log = this.all.get(id);
    if (isDeepStrictEqual(log?.logging, logging)) return;
    void log?.flush();
    this.all.set(id, new AccessLog(logging, { cloud, shelf, distribution }));
  }

  /** Returns the recorder of a distribution's requests, which describes them only where there is a log. */
  of(id: string): (visit: () => Visit) => void {
    return (visit) => this.all.get(id)?.record(visit());
  }

  /** Writes the lines of all logs. */
  async flush(): Promise<void> {
    await Promise.all([...this.all.values()].map((log) => log.flush()));
  }

  /** Forgets a log and its lines. */
  drop(id: string): void {
    this.all.get(id)?.drop();
    this.all.delete(id);
  }
}
