import { systemClock } from '../shared/clock';
import { setting } from '../shared/setting';
import { type ReviewAnswer, type ReviewEvent, type ReviewRules, reviewer } from './review';

const review = reviewer(JSON.parse(setting('RULES')) as ReviewRules, systemClock.now);

/** Invoked by IVS Chat for every message. */
export async function handler(event: ReviewEvent): Promise<ReviewAnswer> {
  return review(event);
}
