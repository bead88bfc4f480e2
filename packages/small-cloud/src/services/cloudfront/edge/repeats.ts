import type { Behavior } from '../control/distribution';
import type { Visit } from '../log-line';
import type { ViewerRequest } from '../messages';
import { cacheKey, cacheUri } from './cache-key';
import type { EdgeObject } from './edge-object';
import type { ReadyAnswer } from './front-door';
import type { Objects } from './objects';
import { responseHead, wholeBody } from './send';
import { viewerResponse } from './viewer-response';
import { repeatedVisit } from './visit';

const NO_BYTES = Buffer.alloc(0);

/** Most requests that are known at a time, a few kB each. The oldest is dropped first. */
const MOST = 512;

interface Known {
  readonly request: ViewerRequest;
  readonly behavior: Behavior;
  readonly key: string;
  /** Answers by object; weak, so that a body is freed when the cache drops it. */
  readonly written: WeakMap<EdgeObject, Written>;
}

/** Largest body that is copied behind its head, in bytes. One write takes less time than two. */
const SMALL = 8192;

/** An answer to a repeated request. */
export interface RepeatedAnswer extends ReadyAnswer {
  /** Bytes of the body. */
  readonly bytes: number;
  /** Describes it for the access log, always by the same object. */
  readonly visit: () => Visit;
}

/** An answer that is valid until the object's `Age` is a second more. */
interface Written extends RepeatedAnswer {
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
  answer(head: string): RepeatedAnswer | undefined {
    const known = this.known.get(head);
    if (known === undefined) return undefined;
    const now = performance.now();
    const object = this.objects.cached(known.key, now);
    const body = object && wholeBody(object.body);
    if (object === undefined || body === undefined) return undefined;
    let written = known.written.get(object);
    if (written === undefined || written.receivedAt !== object.receivedAt || now >= written.until) {
      written = write(known, { head, object, body, now });
      known.written.set(object, written);
    }
    return written;
  }

  /** Drops all requests, after a change of the behaviours. */
  clear(): void {
    this.known.clear();
  }
}

function write(
  { request, behavior }: Known,
  {
    head,
    object,
    body,
    now,
  }: { readonly head: string; readonly object: EdgeObject; readonly body: Buffer; readonly now: number },
): Written {
  const { receivedAt } = object;
  const answer = viewerResponse({ object, result: 'Hit' }, request, behavior.responseHeaders, now);
  const { range } = answer;
  const answerHead = responseHead(answer);
  const sent = answer.body === undefined ? NO_BYTES : range ? body.subarray(range.first, range.last + 1) : body;
  const isSmall = sent.length <= SMALL;
  let visit: Visit | undefined;
  return {
    start: isSmall ? Buffer.concat([answerHead, sent]) : answerHead,
    rest: isSmall ? undefined : sent,
    bytes: sent.length,
    visit: () => {
      visit ??= repeatedVisit(head, answer, sent.length);
      return visit;
    },
    receivedAt,
    until: receivedAt + (Math.floor((now - receivedAt) / 1000) + 1) * 1000,
  };
}
