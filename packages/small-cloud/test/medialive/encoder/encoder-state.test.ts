import { describe, expect, test } from '@jest/globals';
import {
  ENCODER_AT_FIRST,
  type EncoderAction,
  type EncoderEvent,
  type EncoderState,
  next,
} from '../../../src/services/medialive/encoder/encoder-state';
import { association, frame, H264, map, PCM } from './transport-stream';

/** Enough of a stream for its audio to be assumed. */
const LONG = Buffer.alloc(188 * 400, 0xff);
/** Too little of a stream to tell whether it has audio. */
const SHORT = Buffer.alloc(188, 0xff);
const EMPTY = Buffer.alloc(0);
const TABLES = Buffer.concat([association(), map([H264, PCM])]);
const KEYFRAME = frame(0, { isKeyframe: true });

const MEMORY = { audio: 'input', failures: 0, isRecovering: false } as const;
const RECOVERING = { ...MEMORY, isRecovering: true } as const;
const NEW_STRETCH = { ...MEMORY, audio: undefined } as const;
const WAITING: EncoderState = { ...MEMORY, is: 'waiting', head: EMPTY };
const ENCODING: EncoderState = { ...MEMORY, is: 'encoding', startedAt: 100 };
const REPLACED: EncoderState = { ...RECOVERING, is: 'encoding', startedAt: 100 };
const PARTING: EncoderState = { ...MEMORY, is: 'parting', head: SHORT };
const RESTING: EncoderState = { ...RECOVERING, failures: 1, is: 'resting', until: 108, trouble: 'it has ended' };
const STOPPED: EncoderState = { ...MEMORY, is: 'stopped' };

const bytes = (what: Buffer): EncoderEvent => ({ kind: 'bytes', bytes: what, now: 100 });
const died = (now: number, complaint = 'no space left'): EncoderEvent => ({
  kind: 'died',
  ending: { code: 1, complaint },
  now,
});

type Row = readonly [title: string, from: EncoderState, event: EncoderEvent, to: EncoderState, ...EncoderAction[]];

const STEPS: readonly Row[] = [
  [
    'keeps the head of a stream until it shows whether there is audio',
    ENCODER_AT_FIRST,
    bytes(SHORT),
    { ...ENCODER_AT_FIRST, is: 'waiting', head: SHORT },
  ],
  [
    'begins a second process of the same stretch at its next keyframe',
    WAITING,
    bytes(Buffer.concat([TABLES, frame(0), TABLES, KEYFRAME])),
    ENCODING,
    { act: 'begin', audio: 'input', head: Buffer.concat([TABLES, KEYFRAME]) },
  ],
  [
    'begins no second process between two keyframes',
    WAITING,
    bytes(Buffer.concat([frame(0), TABLES, frame(0)])),
    { ...WAITING, head: Buffer.concat([TABLES, frame(0)]) },
  ],
  ['passes bytes to the process', ENCODING, bytes(SHORT), ENCODING, { act: 'write', bytes: SHORT }],
  [
    'keeps bytes while the last process still writes, and holds back the input',
    PARTING,
    bytes(SHORT),
    { ...MEMORY, is: 'parting', head: Buffer.concat([SHORT, SHORT]) },
    { act: 'hold' },
  ],
  [
    'goes on with the bytes that it kept, once the last process is gone',
    PARTING,
    { kind: 'parted' },
    { ...MEMORY, is: 'waiting', head: SHORT },
    { act: 'ready' },
  ],
  ['drops bytes in the pause after a death', RESTING, bytes(SHORT), RESTING],
  ['drops bytes once it is stopped', STOPPED, bytes(SHORT), STOPPED],
  [
    'lets the process encode the rest when the input has ended',
    ENCODING,
    { kind: 'gone' },
    { ...NEW_STRETCH, is: 'parting', head: EMPTY },
    { act: 'finish', graceSeconds: 2 },
  ],
  [
    'gives a process less time to finish beside silence, which has no end',
    { ...ENCODING, audio: 'silence' },
    { kind: 'gone' },
    { ...NEW_STRETCH, is: 'parting', head: EMPTY },
    { act: 'finish', graceSeconds: 0.3 },
  ],
  [
    'counts as back when the input ends before a new process has encoded anything',
    REPLACED,
    { kind: 'gone' },
    { ...NEW_STRETCH, is: 'parting', head: EMPTY },
    { act: 'back' },
    { act: 'finish', graceSeconds: 2 },
  ],
  ['forgets a head whose input has ended', WAITING, { kind: 'gone' }, { ...NEW_STRETCH, is: 'waiting', head: EMPTY }],
  [
    'forgets the bytes that it kept when their input has ended as well',
    PARTING,
    { kind: 'gone' },
    { ...NEW_STRETCH, is: 'parting', head: EMPTY },
  ],
  [
    'ends its pause when the input has ended',
    RESTING,
    { kind: 'gone' },
    { ...NEW_STRETCH, failures: 1, is: 'waiting', head: EMPTY },
    { act: 'wake' },
    { act: 'back' },
  ],
  ['is back with the first media of a new process', REPLACED, { kind: 'media' }, ENCODING, { act: 'back' }],
  ['says nothing of further media', ENCODING, { kind: 'media' }, ENCODING],
  [
    'replaces a process that is unfit',
    ENCODING,
    { kind: 'unfit' },
    { ...RECOVERING, is: 'parting', head: EMPTY },
    { act: 'lost' },
    { act: 'end' },
  ],
  [
    'does not report a second loss before it was back',
    REPLACED,
    { kind: 'unfit' },
    { ...RECOVERING, is: 'parting', head: EMPTY },
    { act: 'end' },
  ],
  ['has nothing to replace while it waits', WAITING, { kind: 'unfit' }, WAITING],
  [
    'begins anew after its pause',
    RESTING,
    { kind: 'rested' },
    { ...RECOVERING, failures: 1, is: 'waiting', head: EMPTY },
  ],
  ['ends the process when it is stopped', ENCODING, { kind: 'stop' }, STOPPED, { act: 'end' }],
  [
    'ends its pause when it is stopped',
    RESTING,
    { kind: 'stop' },
    { ...RECOVERING, failures: 1, is: 'stopped' },
    { act: 'wake' },
  ],
  ['stays stopped when its last process is gone', STOPPED, { kind: 'parted' }, STOPPED],
  ['stays stopped when its input ends', STOPPED, { kind: 'gone' }, STOPPED],
];

describe('the states of an encoder', () => {
  test.each(STEPS)('%s', (...[, from, event, to, ...actions]) => {
    expect(next(from, event)).toEqual({ state: to, actions });
  });

  test('begins a process with the whole head, once the audio is known', () => {
    const { state, actions } = next({ ...ENCODER_AT_FIRST, is: 'waiting', head: SHORT }, bytes(LONG));
    expect(state).toEqual(ENCODING);
    const [begin, ...more] = actions.map((action) =>
      action.act === 'begin' ? { ...action, head: action.head.length } : action,
    );
    expect(begin).toEqual({ act: 'begin', audio: 'input', head: SHORT.length + LONG.length });
    expect(more).toEqual([]);
  });

  test('rests after a death, and says why and for how long', () => {
    expect(next(ENCODING, died(101))).toEqual({
      state: {
        ...RECOVERING,
        failures: 1,
        is: 'resting',
        until: 101.5,
        trouble: 'the encoder has ended (no space left)',
      },
      actions: [
        { act: 'warn', line: 'the encoder has ended (no space left); starting it again in 0.5 s' },
        { act: 'lost' },
        { act: 'rest', seconds: 0.5 },
        { act: 'ready' },
      ],
    });
  });

  test.each([
    ['rests for twice as long after each death in a row', 3, 101, { failures: 4, until: 105 }],
    ['begins to count anew after a process that ran for over ten seconds', 3, 111, { failures: 1, until: 111.5 }],
  ])('%s', (_, failures, now, expected) => {
    expect(next({ ...ENCODING, failures }, died(now)).state).toMatchObject(expected);
  });

  test('goes on with silence when the input lacks the audio that was chosen', () => {
    const complaint = "Stream specifier ':a:m:language:deu' in filtergraph description matches no streams.";
    expect(next(ENCODING, died(101, complaint)).state.audio).toBe('silence');
  });
});
