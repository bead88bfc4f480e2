import { describe, expect, test } from '@jest/globals';
import type { AdService, WrittenObject } from '../../../bin/live/ad-service';
import { parseRequest } from '../../../bin/live/arguments';
import { run } from '../../../bin/live/commands';
import { EXIT, LiveFailure } from '../../../bin/live/failure';
import { FakeLive } from './fake-live';

const KEPT = { id: 'a-1', name: 'A', seconds: 10, weight: 1 };

/** A bucket with one ad. */
class FakeAds implements AdService {
  readonly written: WrittenObject[] = [];
  readonly removed: string[] = [];
  announce = async (): Promise<never> => {
    throw new Error('No break was expected');
  };
  /** Others who change the list before this one writes. */
  constructor(private readonly others: number) {}
  read = async () => ({
    text: JSON.stringify({ version: 1, campaigns: [KEPT, ...this.added()] }),
    version: `"${this.tries}"`,
  });
  write = async (object: WrittenObject, replaces?: string) => {
    this.tries += 1;
    if (this.tries <= this.others || replaces !== `"${this.tries - 1}"`) return false;
    this.written.push(object);
    return true;
  };
  private readonly added = () => Array.from({ length: this.tries }, (_, index) => ({ ...KEPT, id: `other-${index}` }));
  private tries = 0;
  upload = async (): Promise<never> => {
    throw new Error('No upload was expected');
  };
  remove = async (_bucket: string, prefix: string) => {
    this.removed.push(prefix);
    return 3;
  };
}

async function ask(...words: readonly string[]) {
  return await askAmong(0, ...words);
}

async function askAmong(others: number, ...words: readonly string[]) {
  const request = parseRequest(words);
  if (request === 'help') throw new Error('The test asked for help');
  const live = new FakeLive();
  live.outputs = { AdsBucket: 'ads', AdsLadder: '{}' };
  const ads = new FakeAds(others);
  const told: string[] = [];
  const context = { ...live.context(), ads, err: (line: string) => told.push(line) };
  const code = await run(request, context).catch((error: unknown) => {
    if (!(error instanceof LiveFailure)) throw error;
    told.push(error.message);
    return error.exitCode;
  });
  return { code, ads, told: told.join('\n') };
}

describe('ads', () => {
  test('remove takes an ad from the list, and then its files', async () => {
    const { code, ads } = await ask('ads', 'remove', 'a-1');
    expect(code).toBe(0);
    expect(ads.written.map(({ content }) => content)).toEqual([
      { text: JSON.stringify({ version: 1, campaigns: [] }, null, 2) },
    ]);
    expect(ads.removed).toEqual(['ads/clips/a-1/']);
  });

  test('remove keeps the ads that others add at the same time', async () => {
    const { code, ads } = await askAmong(2, 'ads', 'remove', 'a-1');
    const [written] = ads.written.map(({ content }) => JSON.parse('text' in content ? content.text : ''));
    expect([code, written?.campaigns.map(({ id }: { readonly id: string }) => id)]).toEqual([
      0,
      ['other-0', 'other-1'],
    ]);
  });

  test('remove gives up, and removes no file, where others never stop', async () => {
    const { code, ads, told } = await askAmong(99, 'ads', 'remove', 'a-1');
    expect([code, ads.written, ads.removed]).toEqual([EXIT.notReached, [], []]);
    expect(told).toContain('was changed by others 5 times');
  });

  test('remove of an unknown ad writes nothing, so that it undoes no other change', async () => {
    const { code, ads, told } = await ask('ads', 'remove', 'b-2');
    expect([code, ads.written, ads.removed]).toEqual([2, [], []]);
    expect(told).toContain('There is no ad "b-2"');
  });

  test.each([
    ['2026-12-02T00:00:00Z', '2026-12-01T00:00:00Z'],
    ['2026-12-01T00:00:00Z', '2026-12-01T00:00:00Z'],
    ['now', '-1h'],
  ])('add refuses an ad from %s to %s before it is prepared', async (from, to) => {
    const { code, ads, told } = await ask('ads', 'add', 'no-such-file.mp4', '--name', 'A', '--from', from, '--to', to);
    expect([code, ads.written]).toEqual([1, []]);
    expect(told).toContain('the end must be after the beginning');
    expect(told).not.toContain('Preparing');
  });
});
