import { AD_OPTIONS } from './ad-arguments';
import { CHAT_OPTIONS } from './chat-arguments';
import { POLL_OPTIONS } from './poll-arguments';
import { CLIP_OPTIONS } from './recording-arguments';

/** The options of all commands, for `parseArgs`. */
export const OPTIONS = {
  stack: { type: 'string' },
  region: { type: 'string' },
  local: { type: 'boolean' },
  endpoint: { type: 'string' },
  json: { type: 'boolean' },
  check: { type: 'boolean' },
  all: { type: 'boolean' },
  timeout: { type: 'string' },
  'no-wait': { type: 'boolean' },
  every: { type: 'string' },
  since: { type: 'string' },
  hours: { type: 'string' },
  once: { type: 'boolean' },
  group: { type: 'string', multiple: true },
  password: { type: 'string' },
  add: { type: 'string', multiple: true },
  remove: { type: 'string', multiple: true },
  watch: { type: 'boolean' },
  days: { type: 'string' },
  html: { type: 'string' },
  csv: { type: 'boolean' },
  channel: { type: 'string' },
  session: { type: 'string' },
  ...CLIP_OPTIONS,
  ...CHAT_OPTIONS,
  ...AD_OPTIONS,
  ...POLL_OPTIONS,
  help: { type: 'boolean' },
} as const;
