import { describe, expect, test } from '@jest/globals';
import type { IngestSource } from '../../../src/services/medialive/contract/pipeline-source';
import { next } from '../../../src/services/medialive/ingest/ingest-next';
import type { IngestEvent, IngestState } from '../../../src/services/medialive/ingest/ingest-state';

const ONCE: IngestSource = { kind: 'file', url: 's3://media/clip.ts', object: undefined, loop: false };
const RECEIVING: IngestState = {
  is: 'receiving',
  failures: 0,
  startedAt: 100,
  closing: undefined,
  lastByteAt: 100,
  isPaused: false,
};
const CLOSING: IngestState = { ...RECEIVING, closing: { because: 'new-program' } };
const ENDED: IngestEvent = { kind: 'ended', ending: { code: 0, complaint: '' }, isPortTaken: false, now: 160 };

describe('an ingest whose stream goes on with other packet ids', () => {
  test('ends its process, once', () => {
    const step = next(RECEIVING, { kind: 'new-program' }, ONCE);
    expect(step).toEqual({ state: CLOSING, actions: [{ act: 'end' }] });
    expect(next(CLOSING, { kind: 'new-program' }, ONCE)).toEqual({ state: CLOSING, actions: [] });
  });

  test('does not miss the video of a process that the sink pauses', () => {
    const paused = { ...RECEIVING, isPaused: true };
    expect(next(paused, { kind: 'new-program' }, ONCE)).toEqual({ state: paused, actions: [] });
  });

  test('goes on with a file that does not loop, and says so', () => {
    const { state, actions } = next(CLOSING, ENDED, ONCE);
    expect(state.is).toBe('resting');
    const line = 's3://media/clip.ts goes on with other packet ids (a new program map), and is taken in anew';
    expect(actions).toContainEqual({ act: 'tell', line, level: 'warning' });
    expect(next(RECEIVING, ENDED, ONCE).state.is).toBe('over');
  });
});
