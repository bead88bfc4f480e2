// @ts-check
/**
 * The guardian of a run: a process that outlives the run only long enough to clean up after a crash.
 *
 *   node guardian.mjs FOLDER
 *
 * Standard input carries one line a message: `+PID` adds a child process, `-PID` removes one that has ended, and `bye`
 * announces an orderly end. If the input closes without `bye`, the run has died: the guardian kills the remaining
 * children and removes FOLDER, the run's temporary folder.
 */
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [, , folder] = process.argv;
if (folder === undefined) {
  throw new Error('guardian: no folder was given; the temporary folder of the run is needed');
}

/** @type {Set<number>} */
const children = new Set();
let isOrderly = false;

// Ctrl-C in a terminal goes to the whole process group. The guardian ends with its input, never before.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {});
}

createInterface({ input: process.stdin }).on('line', read).on('close', cleanUp);

/** @param {string} line */
function read(line) {
  const pid = Number(line.slice(1));
  if (line === 'bye') {
    isOrderly = true;
  } else if (line.startsWith('+')) {
    children.add(pid);
  } else if (line.startsWith('-')) {
    children.delete(pid);
  }
}

function cleanUp() {
  if (isOrderly) return;
  for (const pid of children) kill(pid);
  rmSync(/** @type {string} */ (folder), { recursive: true, force: true });
}

/** @param {number} pid */
function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
