import { AD_QUERIES } from './ad-queries';
import { EVENT_QUERIES } from './event-queries';
import { REQUEST_QUERIES } from './request-queries';
import type { SavedQuery } from './saved-query';
import { SESSION_QUERIES } from './session-queries';

export type { SavedQuery } from './saved-query';
export { LAST_WEEK, type Scope, scopeOf } from './scope';

/** Lists the saved queries, the most asked first. */
export function savedQueries(): readonly SavedQuery[] {
  return [...EVENT_QUERIES, ...SESSION_QUERIES, ...REQUEST_QUERIES, ...AD_QUERIES];
}
