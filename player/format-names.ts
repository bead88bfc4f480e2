import type { Format } from './config';

/** Names of the formats on the page. */
export const FORMAT_NAMES: Readonly<Record<Format, string>> = {
  'll-hls': 'Low-latency HLS',
  hls: 'HLS',
  dash: 'DASH',
  'hls-ts': 'HLS (TS)',
};
