import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LambdaBench } from './lambda-bench';

const YEARS_AHEAD = Date.UTC(2040, 0, 1);
let bench: LambdaBench;

beforeAll(async () => {
  const begun = Date.now();
  bench = new LambdaBench({ clock: { speed: 1000, now: () => YEARS_AHEAD + (Date.now() - begun) * 1000 } });
  await bench.api.start();
});

afterAll(() => bench.close());

async function run(source: string) {
  const result = await bench.lambda.invoke(await bench.create({ Code: { ZipFile: source }, Timeout: 30 }), {});
  return Object(Object(result).payload);
}

describe('a function in a hurried cloud', () => {
  test("sees the cloud's time, however it asks", async () => {
    const times = await run(`exports.handler = async () => ({
      now: Date.now(),
      made: new Date().getTime(),
      text: Date.parse(Date()),
      given: new Date(0).toISOString(),
      utc: Date.UTC(2026, 0, 1),
      same: new Date() instanceof Date && new Date().constructor === Date,
    })`);
    for (const time of [times.now, times.made, times.text]) {
      expect(time).toBeGreaterThanOrEqual(YEARS_AHEAD);
      expect(time).toBeLessThan(Date.UTC(2041, 0, 1));
    }
    expect(times).toMatchObject({ given: '1970-01-01T00:00:00.000Z', utc: Date.UTC(2026, 0, 1), same: true });
  });

  test("waits and is timed in this machine's time", async () => {
    const { left, waited, passed } = await run(`exports.handler = async (_, context) => {
      const [cloud, machine] = [Date.now(), performance.now()];
      await new Promise((resolve) => setTimeout(resolve, 50));
      return {
        passed: Date.now() - cloud,
        waited: performance.now() - machine,
        left: context.getRemainingTimeInMillis(),
      };
    }`);
    expect(waited).toBeGreaterThan(45);
    expect(passed).toBeGreaterThan(waited * 900);
    expect(left).toBeGreaterThan(20_000);
  });
});
