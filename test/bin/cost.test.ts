import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { CostReport } from '../../bin/cost/report';
import { costPage } from '../../bin/docs/cost-page';

const ROOT = join(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'cost-'));
afterAll(() => rmSync(folder, { recursive: true }));

function cost(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'bin/cost.ts', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** A file with a description, as an operator might keep it. */
function description(name: string, channels: readonly unknown[]): string {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify({ channels }));
  return file;
}

describe('npm run cost -- --json', () => {
  const { status, stdout } = cost('--json', '--config', 'examples/two-channels.ts', '--viewers', '10', '--hours', '2');
  const report = JSON.parse(stdout) as CostReport;

  test('prints a document for scripts, and nothing else', () => {
    expect(status).toBe(0);
    expect(Object.keys(report)).toEqual([
      'currency',
      'priceBook',
      'hoursOfMonth',
      'hitRatio',
      'audience',
      'channels',
      'together',
      'operations',
      'prices',
      'assumptions',
      'notIncluded',
    ]);
    expect(report).toMatchObject({
      currency: 'USD',
      priceBook: 'list',
      hoursOfMonth: 720,
      hitRatio: 0.99,
      audience: { viewers: 10, hours: 2 },
    });
  });

  test('has the same keys for each channel of the description', () => {
    expect(report.channels.map(({ name }) => name)).toEqual(['main', 'stage']);
    for (const channel of report.channels) {
      expect(Object.keys(channel)).toEqual([
        'name',
        'idlePerHour',
        'idlePerMonth',
        'runningPerHour',
        'forgotten',
        'perViewerHour',
        'total',
      ]);
    }
  });

  test('gives the cost of a forgotten channel for a month, and until it is stopped', () => {
    for (const { forgotten, runningPerHour } of report.channels) {
      expect(forgotten.perMonth).toBeCloseTo(runningPerHour.usd * 720, 2);
      expect(forgotten.stoppedAfterHours).toBe(24);
      expect(forgotten.untilStopped).toBeCloseTo(runningPerHour.usd * 24, 2);
    }
  });

  test('has totals that are the sums of their lines, and of the channels', () => {
    const totals = report.channels.flatMap(({ total }) => total ?? []);
    expect(totals).toHaveLength(2);
    for (const { lines, usd, idleRestOfMonth } of totals) {
      expect(lines.map(({ name }) => name)).toEqual(['encoding', 'ingest', 'delivery', 'edge requests', 'origination']);
      expect(lines.reduce((all, line) => all + line.usd, 0)).toBeCloseTo(usd, 8);
      expect(idleRestOfMonth).toBe(28.72);
    }
    expect(report.together.total).toBeCloseTo(
      totals.reduce((all, { usd }) => all + usd, 0),
      8,
    );
    expect(report.together.runningPerHour).toBeCloseTo(
      report.channels.reduce((all, { runningPerHour }) => all + runningPerHour.usd, 0),
      8,
    );
  });

  test('gives the operations of the stack with their parts, and what the free quantities leave of them', () => {
    const { idlePerMonth, runningPerMonth, runningPerHour, afterFreeQuantities } = report.operations ?? {};
    expect(idlePerMonth?.parts.slice(0, 4).map(({ name }) => name)).toEqual([
      'alarms of main',
      'alarms of stage',
      'alarms of the stack',
      'dashboard',
    ]);
    expect(((runningPerHour ?? 0) * 720).toFixed(6)).toBe(
      ((runningPerMonth?.usd ?? 0) - (idlePerMonth?.usd ?? 0)).toFixed(6),
    );
    expect(afterFreeQuantities?.idlePerMonth).toBeLessThan(idlePerMonth?.usd ?? 0);
    expect(afterFreeQuantities?.runningPerMonth).toBeGreaterThan(afterFreeQuantities?.idlePerMonth ?? 0);
  });

  test('names every price that was used once, with its source', () => {
    const used = report.channels.flatMap(({ idlePerHour, runningPerHour, perViewerHour }) =>
      [idlePerHour, runningPerHour, perViewerHour].flatMap(({ parts }) => parts.map(({ price }) => price)),
    );
    for (const price of used) expect(report.prices).toContainEqual(price);
    expect(new Set(report.prices.map(({ what }) => what)).size).toBe(report.prices.length);
    for (const { source, date } of report.prices) expect(`${source} ${date}`).toMatch(/^https:\S+ \d{4}-\d\d-\d\d$/);
  });
});

describe('npm run cost', () => {
  test('comes to the total of AWS’s example, of a description in JSON, with the prices of the guide', () => {
    const config = description('example', [
      { name: 'event', input: { kind: 'test-clip' }, ladder: 'hd-1080p', redundancy: 'two-pipelines' },
    ]);
    const { status, stdout } = cost('--config', config, '--prices', 'guide', '--viewers', '100', '--hours', '200');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ {2}100 viewers for 200 h +3,760\.04$/m);
    expect(stdout).toMatch(/^ {4}encoding +750\.00 +200 h$/m);
    expect(stdout).toMatch(/^ {4}ingest +58\.01 +1,933\.59 GB$/m);
    expect(stdout).not.toContain('edge requests');
  });

  test('prices a second channel after the first in the volume tiers', () => {
    const channel = { input: { kind: 'test-clip' }, ladder: 'hd-1080p' };
    const config = description('tiers', [
      { ...channel, name: 'first' },
      { ...channel, name: 'second' },
    ]);
    const { stdout } = cost('--json', '--config', config, '--viewers', '6000', '--hours', '1');
    const { channels } = JSON.parse(stdout) as CostReport;
    const [first, second] = channels.map(({ total }) => total?.lines.find(({ name }) => name === 'delivery'));
    expect(first?.quantity).toBeCloseTo(second?.quantity ?? 0, 6);
    expect(first?.usd).toBeGreaterThan(second?.usd ?? Number.NaN);
  });

  test('marks what is not AWS’s own price, and lists each source with its day and reason once', () => {
    const { status, stdout } = cost();
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ {2}idle, per hour +0\.0400 +estimated$/m);
    expect(stdout).toMatch(/^ {2}running, per hour +\d+\.\d{4} +reported$/m);
    expect(stdout).toMatch(/^ {2}forgotten for a month \(720 h\) +[\d,]+\.\d\d /m);
    const sources = [...stdout.matchAll(/^ {2}\[\d+\] (https:\S+), read 20\d\d-\d\d-\d\d$/gm)].map(([, url]) => url);
    expect(new Set(sources).size).toBe(sources.length);
    expect(stdout.match(/^ {6}(?:estimated|reported): .+$/gm)).toHaveLength(3);
  });

  test('bills ten minutes of encoding for an audience of six', () => {
    const { channels } = JSON.parse(cost('--json', '--viewers', '1', '--hours', '0.1').stdout) as CostReport;
    const encoding = channels[0]?.total?.lines.find(({ name }) => name === 'encoding');
    expect(encoding?.quantity).toBeCloseTo(10 / 60, 8);
  });

  test('says that nothing stops a channel with afterRunningHours never', () => {
    const config = description('never', [
      { name: 'main', input: { kind: 'test-clip' }, autoStop: { afterRunningHours: 'never' } },
    ]);
    expect(cost('--config', config).stdout).toContain('nothing stops it: autoStop.afterRunningHours is never');
  });

  test('says nothing of operations that the description leaves out', () => {
    const config = join(folder, 'unwatched.json');
    const channels = [{ name: 'main', input: { kind: 'test-clip' } }];
    writeFileSync(config, JSON.stringify({ channels, operations: false }));
    expect(cost('--config', config).stdout).not.toContain('probe,');
    expect(cost().stdout).toMatch(/^ {4}probe, schedule +0\.0432 +reported$/m);
  });

  test('prints its options with --help', () => {
    const { status, stdout } = cost('--help');
    expect(status).toBe(0);
    for (const option of ['viewers', 'hours', 'hit-ratio', 'prices', 'config', 'json']) {
      expect(stdout).toContain(`--${option}`);
    }
  });

  test.each([
    ['viewers that cannot be', ['--viewers=-5', '--hours', '1'], '--viewers -5 was given; a number from 0 to'],
    ['hours that no month has', ['--viewers', '5', '--hours', '745'], '--hours 745 was given; a number from 0 to 744'],
    ['viewers without hours', ['--viewers', '5'], '--viewers was given without --hours; a total needs both.'],
    ['hours without viewers', ['--hours', '5'], '--hours was given without --viewers; a total needs both.'],
    ['a hit ratio above 100 per cent', ['--hit-ratio', '101'], '--hit-ratio 101 was given; a number from 0 to 100'],
    ['an empty number', ['--hit-ratio', ''], 'a number from 0 to 100 is needed.'],
    ['another price book', ['--prices', 'old'], '--prices old was given; list or guide is needed.'],
    ['a description that is not there', ['--config', 'nowhere.ts'], 'nowhere.ts: cannot be read'],
    ['an option that does not exist', ['--viewer', '5'], 'npm run cost -- --help names the options.'],
  ])('refuses %s with a sentence', (_, args, sentence) => {
    const { status, stdout, stderr } = cost(...args);
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('docs/cost.md', () => {
  const page = readFileSync(join(ROOT, 'docs/cost.md'), 'utf8');

  test('has the tables that the prices give (npm run docs writes them again)', () => {
    expect(page).toBe(costPage(page));
  });

  test('refuses a page without the marks of a table', () => {
    expect(() => costPage(page.replace('<!-- prices:', '<!-- price:'))).toThrow(/The page has no "<!-- prices:/);
  });
});
