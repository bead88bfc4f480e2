import type { Behavior } from '../control/distribution';
import type { ViewerRequest } from '../messages';
import { cacheKey, cacheUri } from './cache-key';
import type { EdgeObject } from './edge-object';
import type { ReadyAnswer } from './front-door';
import type { Objects } from './objects';
import { responseHead, wholeBody } from './send';
import { type ByteRange, viewerResponse } from './viewer-response';

/** Most requests that are known at a time, a few kB each. The oldest is dropped first. */
const MOST = 512;

interface Known {
  readonly request: ViewerRequest;
  readonly behavior: Behavior;
  readonly key: string;
  /** Heads by object; weak, so that a body is freed when the cache drops it. */
  readonly written: WeakMap<EdgeObject, Written>;
}

/** A response head. It is valid until the object's `Age` is a second more. */
interface Written {
  readonly head: Buffer;
  readonly range: ByteRange | undefined;
  readonly hasBody: boolean;
  readonly receivedAt: number;
  readonly until: number;
}

/**
 * Earlier requests, by their bytes. A request with the same bytes has the same behaviour, cache key, condition,
 * range and CORS rules, so only the object has to be found.
 */
export class Repeats {
  private readonly known = new Map<string, Known>();

  constructor(private readonly objects: Objects) {}

  /** Remembers a request, unless a function must see each one, or its answers are not cached. */
  learn(head: string, request: ViewerRequest, behavior: Behavior): void {
    if (request.method !== 'GET' || this.known.has(head) || behavior.cachePolicy.maxTtl === 0) return;
    if (behavior.viewerRequest !== undefined || behavior.viewerResponse !== undefined) return;
    const key = cacheKey(request, behavior.cachePolicy, cacheUri(request, behavior.cachePolicy));
    this.known.set(head, { request, behavior, key, written: new WeakMap() });
    for (const [oldest] of this.known) {
      if (this.known.size <= MOST) break;
      this.known.delete(oldest);
    }
  }

  /** Answers a known request; undefined unless its object is in the cache, whole and fresh. */
  answer(head: string): ReadyAnswer | undefined {
    const known = this.known.get(head);
    if (known === undefined) return undefined;
    const now = performance.now();
    const object = this.objects.cached(known.key, now);
    const body = object && wholeBody(object.body);
    if (object === undefined || body === undefined) return undefined;
    let written = known.written.get(object);
    if (written === undefined || written.receivedAt !== object.receivedAt || now >= written.until) {
      written = write(known, object, now);
      known.written.set(object, written);
    }
    const { range, hasBody } = written;
    if (!hasBody) return { head: written.head, body: undefined };
    return { head: written.head, body: range === undefined ? body : body.subarray(range.first, range.last + 1) };
  }

  /** Drops all requests, after a change of the behaviours. */
  clear(): void {
    this.known.clear();
  }
}

function write({ request, behavior }: Known, object: EdgeObject, now: number): Written {
  const { receivedAt } = object;
  const answer = viewerResponse({ object, result: 'Hit' }, request, behavior.responseHeaders, now);
  return {
    head: responseHead(answer),
    range: answer.range,
    hasBody: answer.body !== undefined,
    receivedAt,
    until: receivedAt + (Math.floor((now - receivedAt) / 1000) + 1) * 1000,
  };
}
