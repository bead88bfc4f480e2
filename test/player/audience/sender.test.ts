import { describe, expect, test } from '@jest/globals';
import { readDictionary } from '../../../lambda/collector/structured-fields';
import { encoded, lineOf } from '../../../player/audience/line';
import { Sender } from '../../../player/audience/sender';

/** A collector that answers with one status after another, and the time around it. */
class FakeCollector {
  time = 0;
  readonly asked: string[] = [];
  readonly options: RequestInit[] = [];
  statuses: (number | undefined)[] = [];
  readonly sender = new Sender({
    url: '/beacon',
    random: () => 0.5,
    clock: () => 1_000_000 + this.time,
    now: () => this.time,
    fetch: async (url, init) => {
      this.asked.push(url);
      this.options.push(init);
      const status = this.statuses.length > 0 ? this.statuses.shift() : 204;
      if (status === undefined) throw new TypeError('no answer');
      return new Response(null, { status, headers: { 'x-amz-cf-pop': 'FRA60-P1' } });
    },
  });

  async pass(seconds: number): Promise<void> {
    for (let passed = 0; passed < seconds; passed++) {
      this.time += 1000;
      await this.sender.tick();
    }
  }

  /** Lines of all reports, decoded as the collector does. */
  get lines(): readonly string[] {
    return this.asked.flatMap((url) => (new URL(url, 'https://x').searchParams.get('CMCD') ?? '').split('\n'));
  }
}

describe('a line', () => {
  test('is read by the collector as it was meant', () => {
    const line = lineOf({
      v: 2,
      sid: 'a "b" \\c',
      br: { list: 3200.4 },
      e: { token: 'ps' },
      ec: { list: 'x' },
      bs: true,
      su: false,
      ltc: undefined,
    });
    expect(line).toBe('br=(3200),bs,e=ps,ec=("x"),sid="a \\"b\\" \\\\c",v=2');
    expect(Object.fromEntries(readDictionary(line) ?? [])).toEqual({
      br: [3200],
      bs: true,
      e: 'ps',
      ec: ['x'],
      sid: 'a "b" \\c',
      v: 2,
    });
  });

  test('has no character in a query that somebody on the way could write in another way', () => {
    expect(encoded(`a=("b'!*~")`)).toMatch(/^[A-Za-z0-9%~._-]+$/);
    expect(decodeURIComponent(encoded(`a=("b'!*")`))).toBe(`a=("b'!*")`);
  });
});

describe('the sender', () => {
  test('sends what waits in one request that survives the page, with the time of sending', async () => {
    const collector = new FakeCollector();
    collector.sender.add({ e: { token: 'ps' }, ts: 1 });
    collector.sender.add({ e: { token: 't' }, ts: 2 });
    await collector.pass(1);
    expect(collector.lines).toEqual(['e=ps,ts=1', 'e=t,lss-at=1001000,ts=2']);
    expect(collector.options).toMatchObject([{ keepalive: true, credentials: 'omit', cache: 'no-store' }]);
    expect(collector.sender.pop).toBe('FRA60-P1');
  });

  test('leaves five seconds between two reports', async () => {
    const collector = new FakeCollector();
    for (let second = 0; second < 20; second++) {
      collector.sender.add({ sn: second });
      await collector.pass(1);
    }
    expect(collector.asked).toHaveLength(4);
  });

  test.each([[429], [503], [undefined]])('sends the same lines again, later and later, after %s', async (status) => {
    const collector = new FakeCollector();
    collector.statuses = [status, status, status];
    collector.sender.add({ sn: 1 });
    await collector.pass(300);
    expect(collector.asked).toHaveLength(4);
    expect(new Set(collector.lines.map((line) => line.split(',').at(-1)))).toEqual(new Set(['sn=1']));
    collector.asked.length = 0;
    await collector.pass(300);
    expect(collector.asked).toEqual([]);
  });

  test.each([[410], [404], [403]])('stops for good after %s', async (status) => {
    const collector = new FakeCollector();
    collector.statuses = [status];
    collector.sender.add({ sn: 1 });
    await collector.pass(10);
    collector.sender.add({ sn: 2 });
    await collector.pass(600);
    collector.sender.leave();
    expect(collector.asked).toHaveLength(1);
    expect(collector.sender.stopped).toBe(true);
  });

  test('drops what the collector does not understand', async () => {
    const collector = new FakeCollector();
    collector.statuses = [400];
    collector.sender.add({ sn: 1 });
    await collector.pass(60);
    expect(collector.asked).toHaveLength(1);
    expect(collector.sender.stopped).toBe(false);
  });

  test('keeps addresses shorter than the edge takes, and the newest sixty lines', async () => {
    const collector = new FakeCollector();
    for (let number = 0; number < 100; number++) collector.sender.add({ sn: number, sid: 'x'.repeat(1000) });
    await collector.pass(200);
    expect(Math.max(...collector.asked.map(({ length }) => length))).toBeLessThan(8192);
    expect(collector.lines).toHaveLength(60);
  });

  test('sends at once when the page is left', () => {
    const collector = new FakeCollector();
    collector.sender.add({ sn: 1 });
    collector.sender.leave();
    expect(collector.asked).toHaveLength(1);
  });
});
