import type { ErrorEvent } from 'dashjs';
import type { Cause } from '../status';

/** Reads the cause from an error of dash.js. It survives most of those that it reports; undefined for these. */
export function causeOf({ error }: ErrorEvent): Cause | undefined {
  if (typeof error === 'string') return undefined;
  switch (error.code) {
    case 10: // the MPD cannot be parsed
    case 31:
    case 32: // the MPD has no stream that can be played
      return { kind: 'unplayable', why: 'no-mpd' };
    case 34: // multiplexed
    case 35: // codecs
      return { kind: 'unplayable', why: 'codecs' };
    case 11: // manifest
    case 25:
    case 27: // segment
    case 28: {
      const status = httpStatus(error.data);
      return status >= 400 ? { kind: 'http', status } : { kind: 'unreachable' };
    }
    case 20: // append
      return { kind: 'media' };
    default:
      return undefined;
  }
}

function httpStatus(data: object): number {
  const response: unknown = 'response' in data ? data.response : undefined;
  if (typeof response !== 'object' || response === null || !('status' in response)) return 0;
  return typeof response.status === 'number' ? response.status : 0;
}
