/** The pipes of the runtime inside a sandbox: invocations on standard input, outcomes on file descriptor 3. */
const { readSync, writeSync } = require('node:fs');

const LINE_FEED = 10;

/** The part of standard input that is read but belongs to the next line. */
let unread = Buffer.alloc(0);
const pause = new Int32Array(new SharedArrayBuffer(4));

/**
 * Waits for the next line of standard input, and reads its JSON. Nothing else runs in this process meanwhile. At the end of
 * the input the process ends.
 */
function nextLine() {
  let end = unread.indexOf(LINE_FEED);
  while (end < 0) {
    const part = Buffer.alloc(65_536);
    const size = readInput(part);
    if (size === 0) process.exit(0);
    unread = Buffer.concat([unread, part.subarray(0, size)]);
    end = unread.indexOf(LINE_FEED);
  }
  const line = JSON.parse(unread.subarray(0, end).toString());
  unread = unread.subarray(end + 1);
  return line;
}

/** Reads from standard input, also after a function has made it non-blocking. */
function readInput(part) {
  for (;;) {
    try {
      return readSync(0, part);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
      Atomics.wait(pause, 0, 0, 5);
    }
  }
}

/** Writes one line of JSON to file descriptor 3. */
function say(line) {
  const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
  for (let sent = 0; sent < bytes.length; ) sent += writeSync(3, bytes, sent);
}

module.exports = { nextLine, say };
