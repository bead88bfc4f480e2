import type { Readable } from 'node:stream';
import type { Names } from '../../../contract';
import { type Behavior, behaviorOf, type Distribution, type ErrorRule } from '../control/distribution';
import { cacheKey, cacheUri, type ViewerRequest } from './cache-key';
import { type Answer, conditions, discard, type EdgeObject, edgeObject, isShared, release } from './edge-object';
import { ObjectCache } from './object-cache';
import { OriginClient } from './origin-client';
import { LARGEST_OBJECT } from './shared-body';
import { renewedHeaders } from './stored-headers';
import { DEFAULT_ERROR_SECONDS, errorLifetime, type Lifetime, lifetime } from './ttl';

/** Bytes of one distribution's cache: a minute or two of what a few viewers watch. The origin holds the rest of the window. */
const CACHE_LIMIT = 64 * 1024 * 1024;

const UNCACHED: Lifetime = { seconds: 0, store: false };

/** An object, and what `X-Cache` says of where it came from. */
export interface Found {
  readonly object: EdgeObject;
  readonly result: 'Hit' | 'Miss' | 'RefreshHit';
}

/** A request on its way to the origin. */
interface Errand {
  readonly key: string;
  readonly uri: string;
  readonly behavior: Behavior;
  readonly request: ViewerRequest;
  /** What the cache has, no longer fresh. */
  readonly kept: EdgeObject | undefined;
  /** Invalidated under way: whoever waits gets the answer, and nobody after them. */
  invalidated: boolean;
}

/**
 * The objects of one distribution: from the cache, from a request to the origin that is already under way, or from the
 * origin. Simultaneous requests for the same object become one.
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

  /** Always an object: where the origin gives none, one that says why. */
  find(behavior: Behavior, request: ViewerRequest): Found | Promise<Found> {
    const now = performance.now();
    const uri = cacheUri(request, behavior.cachePolicy);
    let key = cacheKey(request, behavior.cachePolicy, uri);
    let kept = request.method === 'OPTIONS' ? undefined : this.cache.get(key);
    if (request.method !== 'GET' && !isFresh(kept, now)) {
      // HEAD is answered from what GET brought; what HEAD and OPTIONS bring themselves stays apart.
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

  /** What the cache has under a key, while it is fresh. */
  cached(key: string, now: number): EdgeObject | undefined {
    const kept = this.cache.get(key);
    return isFresh(kept, now) ? kept : undefined;
  }

  /** Works by a changed distribution from now on. */
  change(distribution: Distribution): void {
    this.distribution = distribution;
  }

  /** Forgets what is cached, and does not keep what is on its way. */
  invalidate(fits: (uri: string) => boolean): void {
    this.cache.forget(fits);
    for (const [key, { errand }] of this.pending) {
      if (!fits(errand.uri)) continue;
      errand.invalidated = true;
      this.pending.delete(key);
    }
  }

  /** A request whose method is not cached, with the body that came with it. */
  async pass(behavior: Behavior, request: ViewerRequest, body: Readable): Promise<EdgeObject> {
    return edgeObject(
      await this.origins.answer(this.distribution, behavior, request, {}, body),
      request.path,
      request,
      behavior,
      UNCACHED,
    );
  }

  stop(): void {
    this.origins.stop();
  }

  /** Who waited for a response that may not be shared fetches one of their own. */
  private async join(errand: Errand, pending: Promise<Found>): Promise<Found> {
    const { object } = await pending;
    return isKeepable(object) && isFresh(object, performance.now()) ? { object, result: 'Hit' } : this.fetch(errand);
  }

  /** @param pages - whether the distribution's error pages apply: not to one of them. */
  private async fetch(errand: Errand, pages = true): Promise<Found> {
    const { behavior, request, uri, kept } = errand;
    const answer = await this.answer(errand);
    const now = performance.now();
    if (answer.status === 304 && kept !== undefined) {
      discard(answer);
      Object.assign(kept.headers, renewedHeaders(answer.headers));
      kept.receivedAt = now;
      return {
        object: this.keep(errand, kept, lifetime(answer.headers, behavior.cachePolicy)),
        result: 'RefreshHit',
      };
    }
    if (answer.status < 400) {
      // Part of a file too large to keep is no object of its own.
      const life = answer.status === 206 ? UNCACHED : lifetime(answer.headers, behavior.cachePolicy);
      return { object: this.keep(errand, edgeObject(answer, uri, request, behavior, life), life), result: 'Miss' };
    }
    const rule = this.distribution.errors.get(answer.status);
    const life = errorLifetime(answer.status, answer.headers, rule?.minTtlSeconds ?? DEFAULT_ERROR_SECONDS);
    if (answer.status >= 500 && kept !== undefined && kept.status < 400) {
      // An origin in trouble: the expired object is better than none.
      discard(answer);
      return { object: this.keep(errand, kept, life), result: 'Hit' };
    }
    const page = pages ? await this.errorPage(rule, request) : undefined;
    if (page !== undefined) discard(answer);
    const object = page === undefined ? edgeObject(answer, uri, request, behavior, life) : { ...page, uri };
    return { object: this.keep(errand, object, life), result: 'Miss' };
  }

  /** The page that the distribution has for an error, unless that page is missing too. */
  private async errorPage(rule: ErrorRule | undefined, viewer: ViewerRequest): Promise<EdgeObject | undefined> {
    if (rule?.page === undefined) return undefined;
    const { path, status } = rule.page;
    const behavior = behaviorOf(this.distribution, path);
    const request: ViewerRequest = { ...viewer, method: 'GET', path, query: '', headers: {} };
    const uri = cacheUri(request, behavior.cachePolicy);
    const key = cacheKey(request, behavior.cachePolicy, uri);
    const kept = this.cache.get(key);
    const fresh = isFresh(kept, performance.now());
    // Not through `find`: pages that wait for one another would wait for ever.
    const found = fresh
      ? kept
      : (await this.fetch({ key, uri, behavior, request, kept, invalidated: false }, false)).object;
    if (found.status === 200) return { ...found, status };
    release(found);
    return undefined;
  }

  /** Asks for the whole object, and for a range only of one that is too large to keep. */
  private async answer({ behavior, request, kept }: Errand): Promise<Answer> {
    const answer = await this.origins.answer(this.distribution, behavior, request, conditions(kept));
    const { range } = request.headers;
    if (range === undefined || answer.status !== 200 || !(Number(answer.headers['content-length']) > LARGEST_OBJECT)) {
      return answer;
    }
    discard(answer);
    return this.origins.answer(this.distribution, behavior, request, { range });
  }

  private keep(errand: Errand, object: EdgeObject, life: Lifetime): EdgeObject {
    object.freshUntil = performance.now() + life.seconds * 1000;
    if (life.store && isKeepable(object) && !errand.invalidated) this.cache.set(errand.key, object);
    return object;
  }
}

function isFresh(object: EdgeObject | undefined, now: number): object is EdgeObject {
  return object !== undefined && now < object.freshUntil;
}

function isKeepable({ body }: EdgeObject): boolean {
  return Buffer.isBuffer(body) || isShared(body);
}
