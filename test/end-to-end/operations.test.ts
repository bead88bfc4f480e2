import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { synthesizeTo } from '../../bin/live-streaming/assembly';
import { DESCRIPTION, DrillRun } from './drills/drill-run';
import { DRILLS, type Drill, wrongPolicy } from './drills/drills';

const folder = mkdtempSync(join(tmpdir(), 'operations-'));
let template: string;
let run: DrillRun;

beforeAll(async () => {
  const config = join(folder, 'channels.json');
  writeFileSync(config, JSON.stringify(DESCRIPTION));
  template = await synthesizeTo(folder, config);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Makes a fault and waits for its alarms. @returns where its lines begin in the log. */
async function drill({ alarms, make }: Drill): Promise<number> {
  const from = run.log.end;
  await make(run);
  for (const alarm of alarms) await run.log.alarm(alarm, from);
  return from;
}

/** Waits until the probe sees the stream advance again. */
const playsAgain = () => run.log.until(/stage plays; stale 0 s/, run.log.end);

describe('the operations of a stack', () => {
  beforeAll(async () => {
    run = await DrillRun.start(template, folder);
  });

  afterAll(() => run.end());

  test('say nothing of viewers in the first two minutes of a channel', async () => {
    await run.log.until(/stage has just started: not measured yet/);
    await run.log.until(/stage (plays|does not play)/);
    // The hurried clock sees a slow machine start late, and may tell of filler and of the encoder.
    const before = run.log.kindsBefore(/stage (plays|does not play)/);
    expect(before).not.toContain('ViewersCannotPlay');
    expect(before).not.toContain('StreamStandsStill');
    await run.log.until(/stage plays; stale 0 s/);
    await run.log.calm();
  });

  test('say that the publisher is gone, with what MediaLive says of it, and that it is back', async () => {
    const from = await drill(DRILLS.publisher);
    const notice = await run.log.until(/^notice: .*MediaLive complains/, from);
    expect(notice).toContain('RTMP Has No Audio/Video');
    expect(notice).toMatch(/First: Start the publisher/);
    expect(run.log.kinds(from)).not.toContain('PackagerFails');
    const back = run.log.end;
    DRILLS.publisher.mend(run);
    await run.log.until(/^notice: .*Over: Channel stage, pipeline 0: Filler instead of video/, back);
    await playsAgain();
  });

  test('say that the packager fails, and what viewers get, when it answers 503', async () => {
    const from = await drill(DRILLS.packager);
    expect(await run.log.until(/^notice: .*packager answers with errors/, from)).toMatch(/Effect: Some viewers stall/);
    expect(run.log.kinds(from)).not.toContain('MedialiveAlert');
    DRILLS.packager.mend(run);
    await playsAgain();
  });

  test('say that the encoder is gone when none starts any more, though MediaLive only calls the channel recovering', async () => {
    await run.log.calm();
    const from = await drill(DRILLS.encoder);
    expect(await run.log.until(/^notice: .*An output of the encoder is missing/, from)).toMatch(
      /Effect: Viewers miss a rendition, or everything of one pipeline/,
    );
    DRILLS.encoder.mend(run);
    await playsAgain();
  });

  test('say nothing of a channel that is stopped on purpose', async () => {
    await run.log.calm();
    const from = run.log.end;
    await run.stopChannel();
    // Four minutes: more than any alarm of viewers needs.
    for (let minute = 0; minute < 4; minute += 1) await run.log.until(/stage is IDLE: not measured/, run.log.end);
    expect(run.log.raised(from)).toEqual([]);
  });
});

describe('the operations of a stack whose edge may not read the packager', () => {
  beforeAll(async () => {
    run = await DrillRun.start(template, folder, { change: wrongPolicy });
  });

  afterAll(() => run.end());

  test('say that viewers cannot play', async () => {
    await run.log.until(/stage does not play: .*answered 403/);
    await run.log.alarm(/^ViewersCannotPlay$/);
    expect(await run.log.until(/^notice: .*On air, not reaching viewers/)).toMatch(/Effect: Viewers get an error/);
    expect(run.log.kinds()).not.toContain('PackagerFails');
  });
});
