import type { Readable } from 'node:stream';
import type { Names } from '../../../contract';
import { type Behavior, behaviorOf, DEFAULT_ERROR_SECONDS, type Distribution } from '../control/distribution';
import type { ViewerRequest } from '../messages';
import { cacheKey, cacheUri } from './cache-key';
import {
  type Answer,
  conditions,
  discard,
  type EdgeObject,
  edgeObject,
  isFresh,
  isKeepable,
  release,
} from './edge-object';
import { ObjectCache } from './object-cache';
import { OriginClient } from './origin-client';
import { LARGEST_OBJECT } from './shared-body';
import { renewedHeaders } from './stored-headers';
import { errorLifetime, type Lifetime, lifetime } from './ttl';

/** Size of one distribution's cache, in bytes: a minute or two for a few viewers. */
const CACHE_LIMIT = 64 * 1024 * 1024;

const UNCACHED: Lifetime = { seconds: 0, store: false };

/** An object, and its source as `X-Cache` names it. */
export interface Found {
  readonly object: EdgeObject;
  readonly result: 'Hit' | 'Miss' | 'RefreshHit';
}

/** A request that goes to the origin. */
interface Errand {
  readonly key: string;
  readonly uri: string;
  readonly behavior: Behavior;
  readonly request: ViewerRequest;
  /** The expired object in the cache. */
  readonly kept: EdgeObject | undefined;
  /** True when an invalidation came meanwhile: waiting requests get the answer, and the cache does not. */
  invalidated: boolean;
}

/**
 * The objects of one distribution: from the cache, from a pending request to the origin, or from the origin.
 * Simultaneous requests for the same object become one.
 */
export class Objects {
  private readonly cache = new ObjectCache(CACHE_LIMIT);
  private readonly pending = new Map<string, { readonly errand: Errand; readonly found: Promise<Found> }>();
  private readonly origins: OriginClient;

  constructor(
    private distribution: Distribution,
    names: Names,
    tell: (line: string) => void,
  ) {
    this.origins = new OriginClient(names, tell);
  }

  /** Finds an object by its cache key. When the origin sends none, the object is an error page. */
  find(behavior: Behavior, request: ViewerRequest): Found | Promise<Found> {
    const now = performance.now();
    const uri = cacheUri(request, behavior.cachePolicy);
    let key = cacheKey(request, behavior.cachePolicy, uri);
    let kept = request.method === 'OPTIONS' ? undefined : this.cache.get(key);
    if (request.method !== 'GET' && !isFresh(kept, now)) {
      // A fresh object of GET answers HEAD. Answers to HEAD and OPTIONS themselves have keys of their own.
      key = `${request.method} ${key}`;
      kept = this.cache.get(key);
    }
    if (isFresh(kept, now)) return { object: kept, result: 'Hit' };

    const errand: Errand = { key, uri, behavior, request, kept, invalidated: false };
    if (behavior.cachePolicy.maxTtl === 0) return this.fetch(errand);
    const pending = this.pending.get(key);
    if (pending !== undefined) return this.join(errand, pending.found);
    const found = this.fetch(errand).finally(() => {
      if (this.pending.get(key)?.errand === errand) this.pending.delete(key);
    });
    this.pending.set(key, { errand, found });
    return found;
  }

  /** Finds a fresh object in the cache by its key. */
  cached(key: string, now: number): EdgeObject | undefined {
    const kept = this.cache.get(key);
    return isFresh(kept, now) ? kept : undefined;
  }

  /** Applies a changed distribution from now on. */
  change(distribution: Distribution): void {
    this.distribution = distribution;
  }

  /** Drops the cached objects that match, and keeps none of those on their way. */
  invalidate(matches: (uri: string) => boolean): void {
    this.cache.forget(matches);
    for (const [key, { errand }] of this.pending) {
      if (!matches(errand.uri)) continue;
      errand.invalidated = true;
      this.pending.delete(key);
    }
  }

  /** Passes on a request with a method that is not cached, and its body. */
  async pass(behavior: Behavior, request: ViewerRequest, body: Readable): Promise<EdgeObject> {
    const answer = await this.origins.answer({ distribution: this.distribution, behavior, request, body });
    return edgeObject(answer, { uri: request.path, request, behavior, life: UNCACHED });
  }

  /** Finds the distribution's page for an error; undefined when there is none, or when it fails too. */
  async errorPage(error: number, viewer: ViewerRequest): Promise<EdgeObject | undefined> {
    const { path, status } = this.distribution.errors.get(error)?.page ?? {};
    if (path === undefined || status === undefined) return undefined;
    const behavior = behaviorOf(this.distribution, path);
    const request: ViewerRequest = { ...viewer, method: 'GET', path, query: '', headers: {} };
    const uri = cacheUri(request, behavior.cachePolicy);
    const key = cacheKey(request, behavior.cachePolicy, uri);
    const kept = this.cache.get(key);
    // Not by `find`: error pages that wait for one another would wait for ever.
    const page = isFresh(kept, performance.now())
      ? kept
      : (await this.fetch({ key, uri, behavior, request, kept, invalidated: false }, false)).object;
    if (page.status === 200) return { ...page, status };
    release(page);
    return undefined;
  }

  stop(): void {
    this.origins.stop();
  }

  /** Waits for another request's answer. One that may not be shared is fetched again. */
  private async join(errand: Errand, pending: Promise<Found>): Promise<Found> {
    const { object } = await pending;
    return isKeepable(object) && isFresh(object, performance.now()) ? { object, result: 'Hit' } : this.fetch(errand);
  }

  /** @param pages - false for a request for an error page, which gets no error page itself. */
  private async fetch(errand: Errand, pages = true): Promise<Found> {
    const { behavior, request, uri, kept } = errand;
    const answer = await this.ask(errand);
    if (answer.status === 304 && kept !== undefined) return this.renew(errand, kept, answer);
    if (answer.status >= 400) return this.fetchError(errand, answer, pages);
    // A part of a file that is too large to keep is not an object of its own.
    const life = answer.status === 206 ? UNCACHED : lifetime(answer.headers, behavior.cachePolicy);
    return { object: this.keep(errand, edgeObject(answer, { uri, request, behavior, life }), life), result: 'Miss' };
  }

  /** Keeps an expired object that the origin confirms. */
  private renew(errand: Errand, kept: EdgeObject, answer: Answer): Found {
    discard(answer);
    Object.assign(kept.headers, renewedHeaders(answer.headers));
    kept.receivedAt = performance.now();
    const life = lifetime(answer.headers, errand.behavior.cachePolicy);
    return { object: this.keep(errand, kept, life), result: 'RefreshHit' };
  }

  /** Answers an error with the expired object, the distribution's error page, or the origin's own answer. */
  private async fetchError(errand: Errand, answer: Answer, pages: boolean): Promise<Found> {
    const { behavior, request, uri, kept } = errand;
    const rule = this.distribution.errors.get(answer.status);
    const life = errorLifetime(answer.status, answer.headers, rule?.minTtlSeconds ?? DEFAULT_ERROR_SECONDS);
    if (answer.status >= 500 && kept !== undefined && kept.status < 400) {
      discard(answer);
      return { object: this.keep(errand, kept, life), result: 'Hit' };
    }
    const page = pages ? await this.errorPage(answer.status, request) : undefined;
    if (page !== undefined) discard(answer);
    const object = page === undefined ? edgeObject(answer, { uri, request, behavior, life }) : { ...page, uri };
    return { object: this.keep(errand, object, life), result: 'Miss' };
  }

  /** Asks for the whole object. A range is requested only of an object that is too large to keep. */
  private async ask({ behavior, request, kept }: Errand): Promise<Answer> {
    const { distribution } = this;
    const answer = await this.origins.answer({ distribution, behavior, request, extra: conditions(kept) });
    const { range } = request.headers;
    if (range === undefined || answer.status !== 200 || !(Number(answer.headers['content-length']) > LARGEST_OBJECT)) {
      return answer;
    }
    discard(answer);
    return this.origins.answer({ distribution, behavior, request, extra: { range } });
  }

  private keep(errand: Errand, object: EdgeObject, life: Lifetime): EdgeObject {
    object.freshUntil = performance.now() + life.seconds * 1000;
    if (life.store && isKeepable(object) && !errand.invalidated) this.cache.set(errand.key, object);
    return object;
  }
}
