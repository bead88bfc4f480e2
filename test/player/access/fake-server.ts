/** One request that a test's server got. */
export interface Asked {
  readonly url: string;
  readonly init: RequestInit;
}

/** An answer: status, body as JSON, and the server's time in seconds since 1970. */
export type Reply = readonly [status: number, body?: unknown, at?: number];

/** A stand-in for `fetch` with one reply for each address. It throws on an address that it was not told. */
export class FakeServer {
  readonly asked: Asked[] = [];

  constructor(private readonly replies: Readonly<Record<string, Reply | 'no answer'>>) {}

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    this.asked.push({ url, init });
    const reply = this.replies[url];
    if (reply === undefined) throw new Error(`The server was not told about ${url}.`);
    if (reply === 'no answer') throw new TypeError('fetch failed');
    const [status, body, at] = reply;
    const headers = new Headers();
    if (at !== undefined) headers.set('date', new Date(at * 1000).toUTCString());
    return new Response(body === undefined ? null : JSON.stringify(body), { status, headers });
  };

  /** Returns a header of the newest request. */
  header(name: string): string | null {
    return new Headers(this.asked.at(-1)?.init.headers).get(name);
  }

  /** Returns the form fields of the newest request. */
  form(): Readonly<Record<string, string>> {
    const body = this.asked.at(-1)?.init.body;
    return body instanceof URLSearchParams ? Object.fromEntries(body) : {};
  }
}

/** A stand-in for `sessionStorage`. */
export class FakeStorage {
  readonly kept = new Map<string, string>();

  getItem(key: string): string | null {
    return this.kept.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.kept.set(key, value);
  }

  removeItem(key: string): void {
    this.kept.delete(key);
  }
}
