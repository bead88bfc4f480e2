import { describe, expect, test } from '@jest/globals';
import { declines, readAudience } from '../../../player/audience/audience';
import { lineOf } from '../../../player/audience/line';
import { requestGate } from '../../../player/audience/request-gate';
import { Session } from '../../../player/audience/session';
import type { Choice } from '../../../player/choice';
import type { Gate } from '../../../player/gate';
import type { Snapshot } from '../../../player/snapshot';

const choice = (running = true): Choice => ({
  kind: 'choice',
  channel: { name: 'main', running, segmentSeconds: 2, manifests: [] },
  format: 'll-hls',
  url: '/out/v1/main/index.m3u8',
  engine: 'hls.js',
  segmentSeconds: 2,
  targetLatencySeconds: 3,
  quality: undefined,
  notices: [],
});

const snapshot = (change: Partial<Snapshot> = {}): Snapshot => ({
  status: 'loading',
  cause: null,
  sentence: '',
  channel: 'main',
  format: 'll-hls',
  past: null,
  engine: 'hls.js 1.7.4',
  manifestUrl: '/out/v1/main/index.m3u8',
  latencySeconds: null,
  targetLatencySeconds: 3,
  behindSeconds: null,
  atLiveEdge: false,
  window: null,
  currentTime: 0,
  bufferSeconds: 0,
  droppedFrames: 0,
  totalFrames: 0,
  bandwidth: null,
  rendition: null,
  renditions: [],
  quality: null,
  audioTracks: [],
  audioTrack: null,
  paused: false,
  muted: false,
  rebuilds: 0,
  ...change,
});

const means = { clock: () => 5000, random: () => 0.5, everySeconds: 30, sid: 'a-session' };

describe('a session', () => {
  test('reports that it starts, that it plays, how it goes on, and that it ends', () => {
    const session = new Session(choice(), means, 0);
    const playing = snapshot({
      status: 'playing',
      currentTime: 1,
      latencySeconds: 2.9,
      bufferSeconds: 1.5,
      bandwidth: 41_030_000,
      rendition: { width: 1280, height: 720, bitrate: 3_200_000 },
    });
    const lines = [
      ...session.look(snapshot(), false, 250),
      ...session.look(playing, false, 900),
      ...session.look({ ...playing, currentTime: 2 }, false, 1900),
      ...session.look({ ...playing, currentTime: 14 }, false, 15_000),
      ...session.look({ ...playing, currentTime: 15 }, false, 16_000),
      ...session.end(),
    ].map(lineOf);
    const tail = 'lss-en="hls.js 1.7.4"';
    expect(lines).toEqual([
      `bl=(0),cid="main",e=ps,${tail},lss-pv="page 1",sf=h,sid="a-session",sn=1,st=l,sta=s,ts=5000,v=2`,
      `bl=(1500),br=(3200),cid="main",e=ps,${tail},lss-pl=650,lss-pv="page 1",ltc=2900,msd=900,mtp=(41000),sf=h,sid="a-session",sn=2,st=l,sta=p,ts=5000,v=2`,
      `bl=(1500),br=(3200),cid="main",e=t,${tail},lss-pl=6000,lss-pv="page 1",ltc=2900,mtp=(41000),sf=h,sid="a-session",sn=3,st=l,sta=p,ts=5000,v=2`,
      `bl=(1500),br=(3200),cid="main",e=ps,${tail},lss-pl=1000,lss-pv="page 1",ltc=2900,mtp=(41000),sf=h,sid="a-session",sn=4,st=l,sta=q,ts=5000,v=2`,
    ]);
  });

  test('has the events of the page in its report, also one that comes after its end', () => {
    const session = new Session(choice(), means, 0);
    const shown = { name: 'ad-start', keys: { 'lss-ad': 'summer', 'lss-bk': '7' } };
    expect(session.tell(shown)).toEqual([]);
    session.look(snapshot({ status: 'playing', currentTime: 1 }), false, 900);
    const [during = {}] = session.tell(shown);
    expect(lineOf(during)).toMatch(/^bl=\(0\),cen="ad-start",cid="main",e=ce,lss-ad="summer",lss-bk="7",.*sta=p,/);
    session.end();
    expect(session.tell(shown).map(lineOf).join()).toMatch(/,sn=4,st=l,sta=q,/);
  });

  test('has a heartbeat every thirty seconds while the viewer wants to watch, and none in a pause', () => {
    const session = new Session(choice(), means, 0);
    const beats = (from: number, to: number, change: Partial<Snapshot>) => {
      let found = 0;
      for (let now = from; now < to; now += 250) {
        const lines = session.look(snapshot({ ...change, currentTime: now }), false, now);
        found += lines.filter((line) => lineOf(line).includes('e=t,')).length;
      }
      return found;
    };
    expect(beats(0, 120_000, { status: 'playing' })).toBe(4);
    expect(beats(120_000, 300_000, { status: 'paused', paused: true })).toBe(0);
    expect(beats(300_000, 360_000, { status: 'buffering' })).toBe(2);
  });

  test('is silent while the viewer waits for a channel that is not to run, and not about one that should', () => {
    const waiting = snapshot({ status: 'waiting', cause: { kind: 'http', status: 404 } });
    const early = new Session(choice(false), means, 0);
    expect([...early.look(waiting, false, 60_000), ...early.end()]).toEqual([]);
    const refused = new Session(choice(true), means, 0).look(waiting, false, 1000).map(lineOf);
    expect(refused.join('\n')).toMatch(/e=e,ec=\("http-404"\)/);
  });
});

describe('the audience', () => {
  test('is not measured in a browser that asks for it', () => {
    expect([declines({ doNotTrack: '1' }), declines({ globalPrivacyControl: true })]).toEqual([true, true]);
    expect([declines({ doNotTrack: null }), declines({ doNotTrack: '0' }), declines({})]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test.each([
    [undefined],
    [{}],
    [{ report: '//other.example/x', everySeconds: 30 }],
    [{ report: '/beacon', everySeconds: 1 }],
  ])('is not measured by a configuration that the page does not understand: %j', (given) =>
    expect(readAudience(given)).toBeUndefined(),
  );
});

describe('media requests', () => {
  const gate = (inner?: Gate) =>
    requestGate('https://live.example/', inner, (isMedia) => ({ sid: 'a', bs: isMedia, br: 3200 }));

  test('carry CMCD behind the query that they have, once', () => {
    const marked = gate().address('https://live.example/a/1.mp4?x=1');
    expect(marked).toBe('https://live.example/a/1.mp4?x=1&CMCD=br%3D3200%2Cbs%2Csid%3D%22a%22');
    expect(gate().address(marked)).toBe(marked);
    expect(gate().address('https://live.example/a/i.m3u8')).not.toContain('bs');
  });

  test.each([
    ['https://live.example/a/1.mp4'],
    ['https://live.example/a/1.mp4?x=1'],
    ['https://live.example/a/i.m3u8?_HLS_msn=3&_HLS_part=1'],
  ])('are known to the engine without it: %s', (url) => {
    expect(gate().clean(gate().address(url))).toBe(url);
  });

  test('to other sites stay as they are', () => {
    expect(gate().address('https://other.example/a.mp4')).toBe('https://other.example/a.mp4');
  });

  test('pass the gate of a private channel', () => {
    const asked: unknown[] = [];
    const inner: Gate = {
      address: (url) => url.replace('.example/', '.example/s/token/'),
      clean: (url) => url.replace('/s/token', ''),
      answered: (status, url) => asked.push([status, url]),
      takes: () => true,
      hls: (settings) => settings,
    };
    const marked = gate(inner).address('https://live.example/a/1.mp4');
    expect(marked).toMatch(/^https:\/\/live\.example\/s\/token\/a\/1\.mp4\?CMCD=/);
    expect(gate(inner).clean(marked)).toBe('https://live.example/a/1.mp4');
    gate(inner).answered(401, marked);
    expect(asked).toEqual([[401, marked]]);
    expect(gate(inner).takes({ kind: 'online' })).toBe(true);
    expect(gate().takes({ kind: 'online' })).toBe(false);
  });
});
