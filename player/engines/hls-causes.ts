import type { ErrorData } from 'hls.js';
import type { Cause } from '../status';

/** Media errors that a second try cannot repair. */
export const UNPLAYABLE: ReadonlySet<string> = new Set([
  'manifestIncompatibleCodecsError',
  'bufferAddCodecError',
  'bufferIncompatibleCodecsError',
]);

/** Reads the cause from a fatal error of hls.js. */
export function causeOf({ details, response, error }: ErrorData): Cause {
  if (details === 'levelEmptyError') return { kind: 'empty' };
  if (UNPLAYABLE.has(details)) return { kind: 'unplayable', why: 'codecs' };
  if (details === 'manifestParsingError' || details === 'levelParsingError') {
    return { kind: 'unplayable', why: 'no-playlist' };
  }
  const status = response?.code ?? 0;
  if (status >= 400) return { kind: 'http', status };
  if (response === undefined && error !== undefined && !/Load|TimeOut/.test(details)) {
    return { kind: 'engine', code: details };
  }
  return { kind: 'unreachable' };
}
