/**
 * Runs Jest, and once more the files that failed, one at a time: `node test/again.cjs --selectProjects "end to end"`.
 *
 * A test of the whole system measures the machine as well: a browser, encoders and a cloud share its cores with whatever
 * else runs there. A file that fails twice has found a fault, and more than three files that fail have as well; a file
 * that passes the second time is named at the end, so that somebody looks at it.
 */
const { spawnSync } = require('node:child_process');
const { mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join, relative } = require('node:path');

/** More failed files than this are no accident. */
const MOST = 3;

const folder = mkdtempSync(join(tmpdir(), 'test-results-'));
const root = join(__dirname, '..');

/** Runs Jest. @returns its exit code, the files that failed (undefined if there is no result), and the number of tests */
function run(args) {
  const results = join(folder, 'results.json');
  rmSync(results, { force: true });
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const { status } = spawnSync(process.execPath, [jest, ...args, '--json', `--outputFile=${results}`], {
    stdio: 'inherit',
    cwd: root,
  });
  try {
    const { testResults, numTotalTests, numPendingTests } = JSON.parse(readFileSync(results, 'utf8'));
    const failed = testResults.filter((file) => file.status === 'failed').map(({ name }) => name);
    return { status, failed, tests: numTotalTests - numPendingTests };
  } catch {
    return { status, failed: undefined };
  }
}

const args = process.argv.slice(2);
let { status, failed, tests } = run(args);
if (status !== 0 && failed !== undefined && failed.length > 0 && failed.length <= MOST) {
  const names = failed.map((file) => relative(root, file)).join(', ');
  process.stdout.write(`\nOnce more, by itself: ${names}\n`);
  ({ status } = run(['--runTestsByPath', ...failed, ...args, '--maxWorkers=1']));
  if (status === 0) {
    process.stdout.write(`\nPassed only the second time: ${names}\n\ntests: ${tests} passed, 0 failed\n`);
  }
}
rmSync(folder, { recursive: true });
process.exitCode = status ?? 1;
