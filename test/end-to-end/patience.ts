/**
 * Milliseconds that a wait for something that must come lasts at most: minutes more than a quiet machine needs, so that
 * a busy one has them. Nothing is said of the time that it takes; figures are the benchmark's.
 */
export const PATIENCE = 300_000;
