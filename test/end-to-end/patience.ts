/**
 * Longest wait for something that must happen, in milliseconds. It is minutes longer than a quiet machine needs, so that
 * a busy one passes as well. How long things take is measured by the benchmark, not by tests.
 */
export const PATIENCE = 300_000;
