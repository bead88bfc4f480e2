/** Fewest and most options of a poll, most characters of a question and of an option, and the seconds that a poll lasts. */
export const POLL_LIMITS = {
  fewest: 2,
  most: 6,
  question: 200,
  option: 60,
  seconds: { least: 10, most: 600 },
} as const;
