import type { Names } from '../../contract';

/** An answer of a server. */
export interface WebAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** A request to a server that may be one of this run. */
export interface WebRequest {
  readonly url: string;
  /** Longest time until the whole answer is there. */
  readonly milliseconds: number;
  /** @default none */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks servers by their public names, those of this run among them. */
export class Web {
  constructor(private readonly names: Pick<Names, 'resolve'>) {}

  /** @throws Error when there is no answer in time. */
  async get({ url, milliseconds, headers = {} }: WebRequest): Promise<WebAnswer> {
    const { pathname, search } = new URL(url);
    const base = this.base(url);
    const address = base === undefined ? url : `${base}${pathname}${search}`;
    const answer = await fetch(address, { headers, redirect: 'follow', signal: AbortSignal.timeout(milliseconds) });
    return { status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) };
  }

  /**
   * Returns an address as a page of this run can use it: one of the same edge is a path, because the page knows its edge by
   * an address of loopback only.
   *
   * @param site - an address of the edge that the page comes from.
   */
  forPage(url: string, site: string): string {
    const base = this.base(site);
    const { origin, pathname, search } = new URL(url);
    if (base === undefined || (this.base(url) !== base && origin !== base)) return url;
    return `${pathname}${search}`;
  }

  /** Tells whether an address is of this run, or of this machine. */
  isNear(url: string): boolean {
    return this.base(url) !== undefined || /^(127\.|localhost$|\[::1\]$)/.test(new URL(url).hostname);
  }

  private base(url: string): string | undefined {
    return this.names.resolve(new URL(url).hostname);
  }
}
