import type { ServerResponse } from 'node:http';
import { NO_SMOOTH } from '../model/endpoint';

/** Answer of the origin to a viewer's request. */
export interface EgressAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly maxAgeSeconds: number | undefined;
  readonly body: string | Buffer;
}

/** Cache lifetime of segments, which never change: 14 days, as in MediaPackage. */
const SEGMENT_AGE_SECONDS = 1_209_600;

/** Builds the answer with a segment, a part or an init segment. */
export function mediaAnswer(contentType: string, body: Buffer): EgressAnswer {
  return { status: 200, contentType, maxAgeSeconds: SEGMENT_AGE_SECONDS, body };
}

/** Builds an error answer with a sentence for the reader. */
export function egressError(status: number, sentence: string): EgressAnswer {
  const body = `${JSON.stringify({ message: sentence })}\n`;
  return { status, contentType: 'application/json', maxAgeSeconds: undefined, body };
}

/** Builds the answer of a Smooth Streaming endpoint, which the local run does not serve. */
export function smoothError(endpointName: string): EgressAnswer {
  return egressError(501, `endpoint ${endpointName}: ${NO_SMOOTH}`);
}

/** Sends an answer; without its body for HEAD. */
export function sendAnswer(response: ServerResponse, answer: EgressAnswer, headOnly: boolean): void {
  response.setHeader('content-type', answer.contentType);
  response.setHeader('content-length', Buffer.byteLength(answer.body));
  if (answer.maxAgeSeconds !== undefined) response.setHeader('cache-control', `max-age=${answer.maxAgeSeconds}`);
  response.writeHead(answer.status);
  response.end(headOnly ? undefined : answer.body);
}
