/**
 * The states of an encoder, as a pure machine: it decides from what happens what to do, and knows neither processes nor
 * timers. `encoder.ts` carries the decisions out.
 */

import { backOffSeconds } from '../contract/back-off';
import type { Ending } from '../contract/means';
import { type AudioSource, audioSource } from './audio-source';
import { joiningPoint } from './keyframe';
import { complaintInWords, lacksAudio } from './plan-notes';

/** Facts that outlive a process. */
interface Memory {
  /** Source of the audio in this stretch of input; undefined until the stretch has shown it. */
  readonly audio: AudioSource | undefined;
  /** Processes in a row that died young. */
  readonly failures: number;
  /** True when a process was lost, and its successor has encoded nothing yet. */
  readonly isRecovering: boolean;
}

/** The states of an encoder. `head` is input that is kept until a process can begin with it. */
export type EncoderState = Memory &
  (
    | { readonly is: 'waiting'; readonly head: Buffer }
    /** One process works; the times are of the clock of the events, in seconds. */
    | { readonly is: 'encoding'; readonly startedAt: number }
    /** The last process still writes. The next one begins when it is gone, so that two never write at once. */
    | { readonly is: 'parting'; readonly head: Buffer }
    /** A process has died; input is dropped, as a live stream must, until its successor may begin. */
    | { readonly is: 'resting'; readonly until: number; readonly trouble: string }
    | { readonly is: 'stopped' }
  );

/** Events of the input, of the process and of the timers. */
export type EncoderEvent =
  | { readonly kind: 'bytes'; readonly bytes: Buffer; readonly now: number }
  /** The input has ended: the next bytes are of another stretch. */
  | { readonly kind: 'gone' }
  /** The process has encoded media. */
  | { readonly kind: 'media' }
  /** The process must be replaced: it hangs, is late, or goes on with another effort. */
  | { readonly kind: 'unfit' }
  | { readonly kind: 'died'; readonly ending: Ending; readonly now: number }
  /** The process that was parted with is gone. */
  | { readonly kind: 'parted' }
  | { readonly kind: 'rested' }
  | { readonly kind: 'stop' };

/** Things to do, in their order. */
export type EncoderAction =
  | { readonly act: 'begin'; readonly audio: AudioSource; readonly head: Buffer }
  | { readonly act: 'write'; readonly bytes: Buffer }
  /** The input must give no more bytes until `ready`. */
  | { readonly act: 'hold' }
  | { readonly act: 'ready' }
  /** Lets the process encode what it has, for at most `graceSeconds`. */
  | { readonly act: 'finish'; readonly graceSeconds: number }
  | { readonly act: 'end' }
  | { readonly act: 'rest'; readonly seconds: number }
  | { readonly act: 'wake' }
  | { readonly act: 'warn'; readonly line: string }
  /** The encoder is lost to its channel, or back. */
  | { readonly act: 'lost' }
  | { readonly act: 'back' };

/** A next state, and the way to it. */
export interface EncoderStep {
  readonly state: EncoderState;
  readonly actions: readonly EncoderAction[];
}

/** A process that ran for longer than this was no failure in a row. */
const STEADY_SECONDS = 10;
/** Time that a process has to encode the rest of its input. Beside silence, which has no end, it gets next to none. */
const FINISH_SECONDS: Readonly<Record<AudioSource, number>> = { input: 2, silence: 0.3 };
const NOTHING = Buffer.alloc(0);

/** The state before the first bytes. */
export const ENCODER_AT_FIRST: EncoderState = {
  is: 'waiting',
  head: NOTHING,
  audio: undefined,
  failures: 0,
  isRecovering: false,
};

/** Decides what follows an event. An event that means nothing in a state changes nothing. */
export function next(state: EncoderState, event: EncoderEvent): EncoderStep {
  switch (event.kind) {
    case 'bytes':
      return taken(state, event.bytes, event.now);
    case 'gone':
      return gone(state);
    case 'media':
      return state.is === 'encoding' ? recover(state, false) : stay(state);
    case 'unfit':
      return state.is === 'encoding' ? then(recover(state, true), part, { act: 'end' }) : stay(state);
    case 'died':
      return died(state, event.ending, event.now);
    case 'parted': {
      if (state.is !== 'parting') return stay(state);
      return { state: { ...memory(state), is: 'waiting', head: state.head }, actions: [{ act: 'ready' }] };
    }
    case 'rested':
      return stay(state.is === 'resting' ? { ...memory(state), is: 'waiting', head: NOTHING } : state);
    case 'stop':
      return { state: { ...memory(state), is: 'stopped' }, actions: farewell(state) };
  }
}

function taken(state: EncoderState, bytes: Buffer, now: number): EncoderStep {
  switch (state.is) {
    case 'encoding':
      return { state, actions: [{ act: 'write', bytes }] };
    case 'parting':
      return { state: { ...state, head: Buffer.concat([state.head, bytes]) }, actions: [{ act: 'hold' }] };
    case 'waiting': {
      const head = Buffer.concat([state.head, bytes]);
      // Once its audio is known, a stretch has begun: the process joins it midway, at a keyframe.
      const point = state.audio === undefined ? { isKeyframe: true, bytes: head } : joiningPoint(head);
      const audio = state.audio ?? audioSource(head);
      if (audio === undefined || !point.isKeyframe) return stay({ ...state, head: point.bytes });
      const begin: EncoderAction = { act: 'begin', audio, head: point.bytes };
      return { state: { ...memory(state), audio, is: 'encoding', startedAt: now }, actions: [begin] };
    }
    case 'resting':
    case 'stopped':
      return stay(state);
  }
}

function gone(state: EncoderState): EncoderStep {
  const graceSeconds = FINISH_SECONDS[state.audio ?? 'input'];
  const { state: fresh, actions } = recover({ ...state, audio: undefined }, false);
  switch (fresh.is) {
    case 'encoding':
      return then({ state: fresh, actions }, part, { act: 'finish', graceSeconds });
    case 'resting':
      return { state: { ...memory(fresh), is: 'waiting', head: NOTHING }, actions: [{ act: 'wake' }, ...actions] };
    case 'waiting':
    case 'parting':
      return { state: { ...fresh, head: NOTHING }, actions };
    case 'stopped':
      return stay(state);
  }
}

function died(state: EncoderState, { code, complaint }: Ending, now: number): EncoderStep {
  if (state.is !== 'encoding') return stay(state);
  const failures = now - state.startedAt > STEADY_SECONDS ? 1 : state.failures + 1;
  const seconds = backOffSeconds(failures);
  const trouble = `the encoder has ended (${complaintInWords(complaint) || code})`;
  const { actions } = recover(state, true);
  return {
    state: {
      // The video goes on without the audio that is missing, as it would in the service.
      audio: lacksAudio(complaint) ? 'silence' : state.audio,
      failures,
      isRecovering: true,
      is: 'resting',
      until: now + seconds,
      trouble,
    },
    actions: [
      { act: 'warn', line: `${trouble}; starting it again in ${seconds} s` },
      ...actions,
      { act: 'rest', seconds },
      { act: 'ready' },
    ],
  };
}

/** Ends what runs: a process, or the pause after one. */
function farewell(state: EncoderState): readonly EncoderAction[] {
  if (state.is === 'encoding') return [{ act: 'end' }];
  return state.is === 'resting' ? [{ act: 'wake' }] : [];
}

/** Notes whether a process is missed, and tells it when that changes. */
function recover(state: EncoderState, isRecovering: boolean): EncoderStep {
  if (state.isRecovering === isRecovering) return stay(state);
  return { state: { ...state, isRecovering }, actions: [{ act: isRecovering ? 'lost' : 'back' }] };
}

function part(state: EncoderState): EncoderState {
  return { ...memory(state), is: 'parting', head: NOTHING };
}

function then(step: EncoderStep, change: (state: EncoderState) => EncoderState, action: EncoderAction): EncoderStep {
  return { state: change(step.state), actions: [...step.actions, action] };
}

function memory({ audio, failures, isRecovering }: Memory): Memory {
  return { audio, failures, isRecovering };
}

function stay(state: EncoderState): EncoderStep {
  return { state, actions: [] };
}
