/**
 * The machine of an ingest: it decides from what happens what to do, and knows neither processes nor timers.
 * `ingest.ts` carries the decisions out.
 */

import { backOffSeconds } from '../contract/back-off';
import type { IngestSource } from '../contract/pipeline-source';
import { explanation } from './ingest-ending';
import type { Closing, IngestAction, IngestEvent, IngestState, IngestStep } from './ingest-state';
import { FILE_OVER, ingestStatus, openingStatus, receivingStatus } from './ingest-status';

/** A source that gives nothing for this long is taken as gone. A file may show one frame for some seconds. */
const SILENCE_SECONDS = { push: 2, pull: 2, 'stand-in': 2, file: 10 } as const;
/** A process that ends sooner than this without a byte has failed. */
const SHORT_LIFE_SECONDS = 1;
const RESPAWN_SECONDS = 0.1;
/** A fetched source that gives nothing for this long is given up, and tried again. */
const FIRST_BYTE_SECONDS = 10;

/** Decides what follows an event. An event that means nothing in a state changes nothing. */
export function next(state: IngestState, event: IngestEvent, source: IngestSource): IngestStep {
  switch (event.kind) {
    case 'start':
      return state.is === 'idle' ? open(0, event.now, source) : stay(state);
    case 'bytes':
      return bytes(state, event, source);
    case 'held':
      return state.is === 'receiving'
        ? { state: { ...state, isPaused: true }, actions: [{ act: 'pause' }] }
        : stay(state);
    case 'resume': {
      if (state.is !== 'receiving') return stay(state);
      return { state: { ...state, isPaused: false, lastByteAt: event.now }, actions: [{ act: 'resume' }] };
    }
    case 'refused':
      return close(state, { because: 'refused', why: event.why });
    case 'new-parameters':
      return close(state, { because: 'new-parameters' });
    case 'new-program':
      // A process that is paused passes nothing on, whatever it reads.
      return state.is === 'receiving' && state.isPaused ? stay(state) : close(state, { because: 'new-program' });
    case 'tick':
      return tick(state, event.now, source);
    case 'ended':
      return ended(state, event, source);
    case 'moved': {
      if (state.is !== 'moving') return stay(state);
      return { state: { ...state, is: 'resting' }, actions: [rest(state.failures)] };
    }
    case 'rested':
      return state.is === 'resting' ? open(state.failures, event.now, source) : stay(state);
    case 'stop':
      return stop(state, source);
  }
}

/** Starts a process. A source that begins at once needs no line on the screen; one that waits for a publisher does. */
function open(failures: number, now: number, source: IngestSource): IngestStep {
  const state: IngestState = { is: 'opening', failures, startedAt: now, closing: undefined };
  const status = openingStatus(source);
  if (status.state !== 'waiting') return { state, actions: [{ act: 'open' }] };
  return { state, actions: [{ act: 'show', status, level: 'info' }, { act: 'open' }] };
}

function bytes(state: IngestState, event: IngestEvent & { readonly kind: 'bytes' }, source: IngestSource): IngestStep {
  if (state.is !== 'opening' && state.is !== 'receiving') return stay(state);
  if (state.closing?.because === 'refused') return stay(state);
  const give: IngestAction = { act: 'give', bytes: event.bytes };
  if (state.is === 'receiving') return { state: { ...state, lastByteAt: event.now }, actions: [give] };
  const status = receivingStatus(source);
  const level = status.state === 'running' ? 'info' : 'warning';
  return {
    state: { ...state, is: 'receiving', lastByteAt: event.now, isPaused: false },
    actions: [{ act: 'receiving', isReceiving: true }, { act: 'show', status, level }, give],
  };
}

/** Ends a process for a reason. A refusal stands whatever else is found, and silence counts for least. */
function close(state: IngestState, closing: Closing): IngestStep {
  if (state.is !== 'opening' && state.is !== 'receiving') return stay(state);
  const rank = ['silent', 'new-parameters', 'new-program', 'refused'] as const;
  const before = state.closing;
  if (before !== undefined && rank.indexOf(before.because) >= rank.indexOf(closing.because)) return stay(state);
  return { state: { ...state, closing }, actions: [{ act: 'end' }] };
}

function tick(state: IngestState, now: number, source: IngestSource): IngestStep {
  if (state.is === 'opening' && source.kind !== 'push' && now - state.startedAt > FIRST_BYTE_SECONDS) {
    return close(state, { because: 'silent', complaint: `it gave nothing for ${FIRST_BYTE_SECONDS} s` });
  }
  const most = SILENCE_SECONDS[source.kind];
  if (state.is !== 'receiving' || state.isPaused || now - state.lastByteAt < most) return stay(state);
  return close(state, { because: 'silent', complaint: `it gave nothing more for ${most} s` });
}

function stop(state: IngestState, source: IngestSource): IngestStep {
  switch (state.is) {
    case 'opening':
    case 'receiving': {
      const shown = ingestStatus(state, source);
      const hasReceived = state.is === 'receiving';
      return { state: { is: 'stopping', hasReceived, shown }, actions: [{ act: 'cut' }] };
    }
    case 'resting':
      return { state: { is: 'stopped' }, actions: [{ act: 'wake' }] };
    case 'idle':
    case 'moving':
    case 'over':
      return stay({ is: 'stopped' });
    case 'stopping':
    case 'stopped':
      return stay(state);
  }
}

function ended(state: IngestState, event: IngestEvent & { readonly kind: 'ended' }, source: IngestSource): IngestStep {
  if (state.is === 'stopping') {
    return { state: { is: 'stopped' }, actions: state.hasReceived ? [{ act: 'gone' }] : [] };
  }
  if (state.is !== 'opening' && state.is !== 'receiving') return stay(state);
  const { closing, startedAt } = state;
  const hasReceived = state.is === 'receiving';
  const lost: readonly IngestAction[] = hasReceived ? [{ act: 'gone' }, { act: 'receiving', isReceiving: false }] : [];
  const isOver = source.kind === 'file' && !source.loop && hasReceived && event.ending.code === 0;
  if (isOver && closing?.because !== 'new-program') {
    return { state: { is: 'over' }, actions: [...lost, { act: 'show', status: FILE_OVER, level: 'info' }] };
  }
  const isShort = !hasReceived && event.now - startedAt < SHORT_LIFE_SECONDS;
  const hasFailed = isShort || closing?.because === 'refused' || (source.kind !== 'push' && !hasReceived);
  const failures = hasFailed ? state.failures + 1 : 0;
  const said = explanation(source, event, { closing, hasReceived, failures });
  const shown = said?.act === 'show' ? said.status : ingestStatus(state, source);
  if (said?.act === 'move') return { state: { is: 'moving', failures, shown }, actions: [...lost, said] };
  return {
    state: { is: 'resting', failures, shown },
    actions: [...lost, ...(said === undefined ? [] : [said]), rest(failures)],
  };
}

function rest(failures: number): IngestAction {
  return { act: 'rest', seconds: failures > 0 ? backOffSeconds(failures) : RESPAWN_SECONDS };
}

function stay(state: IngestState): IngestStep {
  return { state, actions: [] };
}
