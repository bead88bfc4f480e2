import type { IncomingMessage } from 'node:http';
import { type Behavior, behaviorOf, type Distribution } from '../control/distribution';
import { isServed } from '../control/geo-restriction';
import { onViewerRequest, onViewerResponse } from '../functions/function-event';
import { InvalidAnswerError } from '../functions/function-headers';
import type { ViewerRequest } from '../messages';
import { madeObject, release } from './edge-object';
import { ERROR_PAGE_HEADERS, errorPage } from './error-page';
import type { Objects } from './objects';
import { viewerPlace, withPlace } from './viewer-place';
import { requestRefusal, viewerRequest } from './viewer-request';
import {
  type CacheResult,
  isObject,
  type ObjectForViewer,
  type ViewerResponse,
  viewerResponse,
} from './viewer-response';

/** Status for viewers in countries that a distribution does not serve. */
const BLOCKED = 403;

/** A request at the edge, with the behaviour that its path selects. */
interface EdgeRequest {
  readonly distribution: Distribution;
  readonly behavior: Behavior;
  readonly request: ViewerRequest;
}

/** A response for a viewer, and how it was found. */
export interface ServedRequest {
  /** The request after the viewer-request function. */
  readonly request: ViewerRequest;
  readonly behavior: Behavior;
  readonly result: CacheResult;
  /** True when the cache was asked: the request was neither refused nor answered by a function nor passed on. */
  readonly cacheable: boolean;
  readonly response: ViewerResponse;
}

/**
 * The path of a viewer's request through an edge:
 *
 * 1. Its viewer's country may be refused. Its URL path selects a cache behaviour, which may refuse the method.
 * 2. The behaviour's viewer-request function changes the request, or answers it.
 * 3. The cache key finds the object in the cache; otherwise an origin request brings it ({@link Objects}).
 * 4. The response headers policy is applied to what came from the cache or the origin ({@link viewerResponse}).
 * 5. The viewer-response function changes such a response.
 */
export class RequestPath {
  constructor(
    private readonly objects: Objects,
    private readonly options: { readonly tell: (line: string) => void; readonly viewerCountry: string },
  ) {}

  /** Takes a request along the whole path. */
  async serve(distribution: Distribution, incoming: IncomingMessage): Promise<ServedRequest> {
    const arrived = viewerRequest(incoming, distribution.rootObject);
    const behavior = behaviorOf(distribution, arrived.path);
    const place = viewerPlace(incoming, this.options.viewerCountry);
    const edgeRequest = { distribution, behavior, request: withPlace(arrived, behavior, place) };
    const { request, answer } = isServed(distribution.geo, place.country)
      ? this.admit(edgeRequest, incoming)
      : { request: arrived, answer: await this.blocked(arrived) };
    const cacheable = answer === undefined && behavior.cachedMethods.has(request.method);
    const found = answer ?? (await this.find(behavior, request, incoming));
    const response = this.respond({ distribution, behavior, request }, found);
    return { request, behavior, result: found.result, cacheable, response };
  }

  /** Answers a viewer in a country that the distribution does not serve. The distribution may have a page for it. */
  private async blocked(request: ViewerRequest): Promise<ObjectForViewer> {
    const page = await this.objects.errorPage(BLOCKED, request);
    if (page !== undefined) return { object: page, result: 'Miss' };
    return ownError(
      BLOCKED,
      'The Amazon CloudFront distribution is configured to block access from your country.',
      'Refused',
    );
  }

  /** Refuses a request, or runs the viewer-request function. Without an answer, the returned request continues. */
  private admit(
    { distribution, behavior, request }: EdgeRequest,
    incoming: IncomingMessage,
  ): { readonly request: ViewerRequest; readonly answer?: ObjectForViewer } {
    const refused = requestRefusal(incoming, behavior);
    if (refused !== undefined) return { request, answer: ownError(refused.status, refused.sentence, 'Refused') };
    if (behavior.viewerRequest === undefined) return { request };
    try {
      const outcome = onViewerRequest(behavior.viewerRequest, distribution, request);
      if ('request' in outcome) return outcome;
      const { status, headers, body = Buffer.alloc(0) } = outcome.response;
      return { request, answer: { object: madeObject(status, headers, body), result: 'FunctionGeneratedResponse' } };
    } catch (error) {
      return { request, answer: this.functionError(error) };
    }
  }

  /** Finds the object of a request in the cache or at the origin. A method that is not cached goes to the origin. */
  private async find(behavior: Behavior, request: ViewerRequest, body: IncomingMessage): Promise<ObjectForViewer> {
    if (behavior.cachedMethods.has(request.method)) return this.objects.find(behavior, request);
    return { object: await this.objects.pass(behavior, request, body), result: 'Miss' };
  }

  /**
   * Applies the response headers policy and the viewer-response function. Errors of the origin skip the function, and so
   * do answers that a viewer-request function made.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html
   */
  private respond(edgeRequest: EdgeRequest, found: ObjectForViewer): ViewerResponse {
    const { behavior, request } = edgeRequest;
    let response = viewerResponse(found, request, behavior.responseHeaders, performance.now());
    if (behavior.viewerResponse !== undefined && isObject(found) && response.status < 400) {
      try {
        response = changed(edgeRequest, response, behavior.viewerResponse);
      } catch (error) {
        const failed = this.functionError(error);
        response = viewerResponse(failed, request, behavior.responseHeaders, performance.now());
      }
    }
    if (response.body !== found.object.body) release(found.object);
    return response;
  }

  private functionError(error: unknown): ObjectForViewer {
    const sentence = error instanceof Error ? error.message : String(error);
    this.options.tell(sentence);
    if (error instanceof InvalidAnswerError) {
      const page = `The CloudFront function returned an invalid value: ${sentence}`;
      return ownError(502, page, 'FunctionExecutionError');
    }
    const page = `The CloudFront function associated with this distribution failed. ${sentence}`;
    return ownError(503, page, 'FunctionExecutionError');
  }
}

/** Runs the viewer-response function. Functions do not see `set-cookie`, so the origin's cookies are kept beside it. */
function changed(
  { distribution, request }: EdgeRequest,
  response: ViewerResponse,
  edgeFunction: NonNullable<Behavior['viewerResponse']>,
): ViewerResponse {
  const { status, headers, body } = onViewerResponse(edgeFunction, distribution, {
    request,
    status: response.status,
    headers: response.headers,
  });
  const all = { 'set-cookie': response.headers['set-cookie'], ...headers };
  if (body === undefined) return { ...response, status, headers: all };
  return { status, headers: { ...all, 'content-length': String(body.length) }, body, range: undefined };
}

function ownError(status: number, sentence: string, result: CacheResult): ObjectForViewer {
  return { object: madeObject(status, ERROR_PAGE_HEADERS, errorPage(status, sentence)), result };
}
