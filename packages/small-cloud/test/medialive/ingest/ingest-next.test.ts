import { beforeAll, describe, expect, test } from '@jest/globals';
import type { IngestSource } from '../../../src/services/medialive/contract/pipeline-source';
import { PushEndpoint } from '../../../src/services/medialive/contract/push-endpoint';
import { next } from '../../../src/services/medialive/ingest/ingest-next';
import type { IngestAction, IngestEvent, IngestState } from '../../../src/services/medialive/ingest/ingest-state';
import { ingestStatus } from '../../../src/services/medialive/ingest/ingest-status';

const FILE: IngestSource = { kind: 'file', url: 's3://media/clip.mp4', object: undefined, loop: true };
const ONCE: IngestSource = { ...FILE, loop: false };
const PULL: IngestSource = { kind: 'pull', protocol: 'hls', url: 'http://127.0.0.1/a.m3u8', srt: {} };
const STAND_IN: IngestSource = { kind: 'stand-in', what: 'a flow', because: 'a flow cannot exist in the local run' };

const OPENING: IngestState = { is: 'opening', failures: 0, startedAt: 100, closing: undefined };
const RECEIVING: IngestState = { ...OPENING, is: 'receiving', lastByteAt: 100, isPaused: false };
const PLAYING = { state: 'running', detail: 'playing the file' } as const;
const RESTING: IngestState = { is: 'resting', failures: 1, shown: PLAYING };
const MOVING: IngestState = { is: 'moving', failures: 0, shown: PLAYING };
const OVER: IngestState = { is: 'over' };
const IDLE: IngestState = { is: 'idle' };
const STOPPED: IngestState = { is: 'stopped' };
const BYTES: IngestEvent = { kind: 'bytes', bytes: Buffer.from('media'), now: 101 };
const GIVE: IngestAction = { act: 'give', bytes: Buffer.from('media') };
const GONE: readonly IngestAction[] = [{ act: 'gone' }, { act: 'receiving', isReceiving: false }];
const REFUSED = { because: 'refused', why: 'has no video' } as const;
const NEW_PARAMETERS = { because: 'new-parameters' } as const;
const SILENT = { because: 'silent', complaint: 'it gave nothing for 10 s' } as const;
const tick = (now: number): IngestEvent => ({ kind: 'tick', now });
const ended = (now: number, code: number, complaint = '', isPortTaken = false): IngestEvent => ({
  kind: 'ended',
  ending: { code, complaint },
  isPortTaken,
  now,
});
const warned = (state: 'waiting' | 'failed', detail: string): IngestAction => {
  return { act: 'show', status: { state, detail }, level: 'warning' };
};

const unread = (failures: number, detail: string): IngestState => {
  return { is: 'resting', failures, shown: { state: 'failed', detail } };
};

type Row = readonly [
  title: string,
  source: IngestSource,
  from: IngestState,
  event: IngestEvent,
  to: IngestState,
  ...IngestAction[],
];

const STEPS: readonly Row[] = [
  ['opens a file without a line on the screen', FILE, IDLE, { kind: 'start', now: 100 }, OPENING, { act: 'open' }],
  ['does not start once it was stopped', FILE, STOPPED, { kind: 'start', now: 100 }, STOPPED],
  [
    'shows the first bytes before it gives them',
    FILE,
    OPENING,
    BYTES,
    { ...RECEIVING, lastByteAt: 101 },
    { act: 'receiving', isReceiving: true },
    { act: 'show', status: PLAYING, level: 'info' },
    GIVE,
  ],
  [
    'warns of a stand-in, which is never in order',
    STAND_IN,
    OPENING,
    BYTES,
    { ...RECEIVING, lastByteAt: 101 },
    { act: 'receiving', isReceiving: true },
    { act: 'show', status: ingestStatus(RECEIVING, STAND_IN), level: 'warning' },
    GIVE,
  ],
  ['gives further bytes', FILE, RECEIVING, BYTES, { ...RECEIVING, lastByteAt: 101 }, GIVE],
  ['keeps back what is refused', FILE, { ...RECEIVING, closing: REFUSED }, BYTES, { ...RECEIVING, closing: REFUSED }],
  [
    'gives what a process writes that is being ended for another reason',
    PULL,
    { ...RECEIVING, closing: NEW_PARAMETERS },
    BYTES,
    { ...RECEIVING, closing: NEW_PARAMETERS, lastByteAt: 101 },
    GIVE,
  ],
  ['drops bytes after its end', FILE, OVER, BYTES, OVER],
  [
    'pauses when the sink asks for it',
    FILE,
    RECEIVING,
    { kind: 'held' },
    { ...RECEIVING, isPaused: true },
    { act: 'pause' },
  ],
  [
    'counts silence from the end of a pause on',
    FILE,
    { ...RECEIVING, isPaused: true },
    { kind: 'resume', now: 120 },
    { ...RECEIVING, lastByteAt: 120 },
    { act: 'resume' },
  ],
  ['has nothing to resume while it rests', FILE, RESTING, { kind: 'resume', now: 120 }, RESTING],
  [
    'ends a process whose input is refused',
    FILE,
    OPENING,
    { kind: 'refused', why: 'has no video' },
    { ...OPENING, closing: REFUSED },
    { act: 'end' },
  ],
  [
    'ends a process when the stream goes on with other parameters',
    PULL,
    RECEIVING,
    { kind: 'new-parameters' },
    { ...RECEIVING, closing: NEW_PARAMETERS },
    { act: 'end' },
  ],
  [
    'keeps a refusal as the reason, whatever else is found',
    PULL,
    { ...OPENING, closing: REFUSED },
    { kind: 'new-parameters' },
    { ...OPENING, closing: REFUSED },
  ],
  ['waits ten seconds for the first byte of a file', FILE, OPENING, tick(110), OPENING],
  ['gives up a file without a first byte', FILE, OPENING, tick(110.5), { ...OPENING, closing: SILENT }, { act: 'end' }],
  ['ends a process only once', FILE, { ...OPENING, closing: SILENT }, tick(111), { ...OPENING, closing: SILENT }],
  ['lets a file be silent for a few seconds', FILE, RECEIVING, tick(109), RECEIVING],
  [
    'ends a pull that is silent for two seconds',
    PULL,
    RECEIVING,
    tick(102),
    { ...RECEIVING, closing: { because: 'silent', complaint: 'it gave nothing more for 2 s' } },
    { act: 'end' },
  ],
  [
    'is not silent while the sink pauses it',
    PULL,
    { ...RECEIVING, isPaused: true },
    tick(150),
    { ...RECEIVING, isPaused: true },
  ],
  [
    'is over when a file that does not loop has been played',
    ONCE,
    RECEIVING,
    ended(160, 0),
    OVER,
    ...GONE,
    { act: 'show', status: ingestStatus(OVER, ONCE), level: 'info' },
  ],
  [
    'begins a file again that has broken off',
    ONCE,
    RECEIVING,
    ended(160, 1, 'broken'),
    { is: 'resting', failures: 0, shown: PLAYING },
    ...GONE,
    { act: 'tell', line: 's3://media/clip.mp4 is begun again: broken', level: 'warning' },
    { act: 'rest', seconds: 0.1 },
  ],
  [
    'tries a pull again that has ended',
    PULL,
    RECEIVING,
    ended(160, 0),
    { is: 'resting', failures: 0, shown: { state: 'waiting', detail: `${PULL.url} has ended; trying it again` } },
    ...GONE,
    warned('waiting', `${PULL.url} has ended; trying it again`),
    { act: 'rest', seconds: 0.1 },
  ],
  [
    'begins a pull anew whose parameters have changed',
    PULL,
    { ...RECEIVING, closing: NEW_PARAMETERS },
    ended(160, 255),
    { is: 'resting', failures: 0, shown: ingestStatus(RECEIVING, PULL) },
    ...GONE,
    {
      act: 'tell',
      line: `${PULL.url} goes on with other parameters (EXT-X-MAP), and is begun anew`,
      level: 'warning',
    },
    { act: 'rest', seconds: 0.1 },
  ],
  [
    'waits longer after each failure in a row, and says what the process complained of',
    PULL,
    { ...OPENING, failures: 2 },
    ended(105, 1, 'Connection refused'),
    unread(3, `${PULL.url} cannot be read: Connection refused`),
    warned('failed', `${PULL.url} cannot be read: Connection refused`),
    { act: 'rest', seconds: 2 },
  ],
  [
    'says that a source gave nothing, rather than what the process said when it was ended',
    PULL,
    { ...OPENING, closing: SILENT },
    ended(111, 255, 'Exiting normally'),
    unread(1, `${PULL.url} cannot be read: it gave nothing for 10 s`),
    warned('failed', `${PULL.url} cannot be read: it gave nothing for 10 s`),
    { act: 'rest', seconds: 0.5 },
  ],
  [
    'says why an input is refused',
    FILE,
    { ...RECEIVING, closing: REFUSED },
    ended(105, 255),
    unread(1, 's3://media/clip.mp4 has no video'),
    ...GONE,
    warned('failed', 's3://media/clip.mp4 has no video'),
    { act: 'rest', seconds: 0.5 },
  ],
  [
    'rests once its endpoint has moved',
    FILE,
    MOVING,
    { kind: 'moved' },
    { ...MOVING, is: 'resting' },
    { act: 'rest', seconds: 0.1 },
  ],
  [
    'opens again after a rest, and remembers its failures',
    FILE,
    RESTING,
    { kind: 'rested', now: 100 },
    { ...OPENING, failures: 1 },
    { act: 'open' },
  ],
  [
    'cuts a process off when it is stopped',
    FILE,
    RECEIVING,
    { kind: 'stop' },
    { is: 'stopping', hasReceived: true, shown: PLAYING },
    { act: 'cut' },
  ],
  [
    'tells the sink that the stream is gone once a stopped process has ended',
    FILE,
    { is: 'stopping', hasReceived: true, shown: PLAYING },
    ended(105, 255),
    STOPPED,
    { act: 'gone' },
  ],
  [
    'has nothing to tell when a process ends that never brought anything',
    FILE,
    { is: 'stopping', hasReceived: false, shown: PLAYING },
    ended(105, 255),
    STOPPED,
  ],
  ['ends its rest when it is stopped', FILE, RESTING, { kind: 'stop' }, STOPPED, { act: 'wake' }],
  ['opens nothing when its endpoint has moved after a stop', FILE, STOPPED, { kind: 'moved' }, STOPPED],
  ['is stopped at once before its start', FILE, IDLE, { kind: 'stop' }, STOPPED],
  ['is stopped at once after its end', FILE, OVER, { kind: 'stop' }, STOPPED],
];

describe('the states of an ingest', () => {
  test.each(STEPS)('%s', (...[, source, from, event, to, ...actions]) => {
    expect(next(from, event, source)).toEqual({ state: to, actions });
  });
});

describe('the states of a push input', () => {
  let source: IngestSource;

  beforeAll(async () => {
    const ports = { take: async () => 5000, release: () => {} };
    const endpoint = await PushEndpoint.open({ tcp: ports, udp: ports }, 'srt', '');
    source = { kind: 'push', endpoint, srt: {} };
  });

  test('show where publishers are waited for, whenever a process begins', () => {
    const status = { state: 'waiting', detail: 'waiting for a publisher at srt://127.0.0.1:5000' };
    expect(next(IDLE, { kind: 'start', now: 100 }, source)).toEqual({
      state: OPENING,
      actions: [{ act: 'show', status, level: 'info' }, { act: 'open' }],
    });
  });

  test('wait for a publisher for as long as it takes', () => {
    expect(next(OPENING, tick(10_000), source)).toEqual({ state: OPENING, actions: [] });
  });

  test('move to another port when another program holds this one', () => {
    expect(next(OPENING, ended(100.2, 1, 'Address already in use', true), source)).toEqual({
      state: { is: 'moving', failures: 1, shown: ingestStatus(OPENING, source) },
      actions: [{ act: 'move' }],
    });
  });

  test('say that a publisher has gone, and listen again', () => {
    expect(next(RECEIVING, ended(160, 0), source)).toEqual({
      state: { is: 'resting', failures: 0, shown: { state: 'running', detail: 'publisher connected' } },
      actions: [...GONE, { act: 'tell', line: 'the publisher has gone', level: 'info' }, { act: 'rest', seconds: 0.1 }],
    });
  });
});
