/** Makes every fault drill in the local run and writes what told of it into docs/operations.md: `npx tsx bench/drills.ts`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withTable } from '../bin/docs/marked';
import { synthesizeTo } from '../bin/live-streaming/assembly';
import { ALARM_KINDS } from '../lib/operations/alarm-kinds';
import { pascalCase } from '../lib/stream/names';
import { DESCRIPTION, DrillRun, HURRY } from '../test/end-to-end/drills/drill-run';
import { DRILLS, type Drill, wrongPolicy } from '../test/end-to-end/drills/drills';

const PAGE = join(__dirname, '..', 'docs', 'operations.md');
/** Minutes of the cloud after which no further alarm of a fault comes. */
const LONGEST_MINUTES = 6;

interface Row {
  readonly fault: string;
  readonly alarms: string;
  readonly notice: string;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'drills-'));
  try {
    const config = join(folder, 'channels.json');
    writeFileSync(config, JSON.stringify(DESCRIPTION));
    const template = await synthesizeTo(folder, config);
    const rows = [
      await freshStart(template, folder),
      ...(await inOneRun(template, folder)),
      await withWrongPolicy(template, folder),
    ];
    const table = [
      '| fault | alarms, and after how many seconds | the first notice |',
      '|---|---|---|',
      ...rows.map(({ fault, alarms, notice }) => `| ${fault} | ${alarms} | ${notice} |`),
    ].join('\n');
    const page = readFileSync(PAGE, 'utf8');
    writeFileSync(
      PAGE,
      withTable(page, { name: 'drills', by: 'npx tsx bench/drills.ts', from: 'the local run', text: table }),
    );
    console.log(table);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts a channel without hurry: a hurried clock would see this machine take minutes for its start. */
async function freshStart(template: string, folder: string): Promise<Row> {
  const begun = Date.now();
  const run = await DrillRun.start(template, folder, { hurry: 1 });
  try {
    await run.log.until(/stage (plays|does not play)/);
    return row(run, 'none: a fresh start, for its first two minutes', 0, begun);
  } finally {
    await run.end();
  }
}

/** Goes through every drill and a stop in one run. */
async function inOneRun(template: string, folder: string): Promise<readonly Row[]> {
  const run = await DrillRun.start(template, folder);
  try {
    const rows: Row[] = [];
    await run.log.until(/stage plays; stale 0 s/);
    await run.log.calm();
    for (const drill of Object.values(DRILLS) as readonly Drill[]) {
      const [from, at] = [run.log.end, Date.now()];
      await drill.make(run);
      await minutes(LONGEST_MINUTES);
      rows.push(row(run, drill.fault, from, at));
      await drill.mend(run);
      await run.log.until(/stage plays; stale 0 s/, run.log.end);
      await run.log.calm();
    }
    const [from, at] = [run.log.end, Date.now()];
    await run.stopChannel();
    await minutes(LONGEST_MINUTES);
    return [...rows, row(run, 'none: the channel is stopped on purpose', from, at)];
  } finally {
    await run.end();
  }
}

async function withWrongPolicy(template: string, folder: string): Promise<Row> {
  const run = await DrillRun.start(template, folder, { change: wrongPolicy });
  try {
    // The probe measures from the second minute on: that is the moment from which an alarm can come.
    await run.log.until(/stage does not play/);
    const [from, at] = [run.log.end, Date.now()];
    await minutes(LONGEST_MINUTES);
    return row(run, 'a wrong policy: the edge may not read the packager (since the first look of the probe)', from, at);
  } finally {
    await run.end();
  }
}

function minutes(many: number): Promise<void> {
  return new Promise((done) => setTimeout(done, (many * 60_000) / HURRY));
}

function row(run: DrillRun, fault: string, from: number, at: number): Row {
  const raised = run.log.raised(from);
  const alarms = raised.map((one) => `${titleOf(one.kind)} (${Math.round(((one.at - at) * HURRY) / 1000)})`);
  return { fault, alarms: alarms.join('; ') || 'none', notice: firstNotice(run, from) };
}

function titleOf(kind: string): string {
  return Object.entries(ALARM_KINDS).find(([slug]) => pascalCase(slug) === kind)?.[1].title ?? kind;
}

/** Finds what the first notice of a fault says to viewers and to the operator; empty without one. */
function firstNotice(run: DrillRun, from: number): string {
  const [notice = ''] = run.log.matching(/^notice: (?!.*: Over: )/, from);
  const parts = notice.split(' / ');
  const said = (label: string) => parts.find((part) => part.startsWith(`${label}: `)) ?? '';
  return [said('Effect'), said('First')].filter((part) => part !== '').join(' ');
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
