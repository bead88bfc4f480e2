import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Ports for tests. They lie below those that Linux gives to connections (32768 and above): otherwise a connection of
 * another process could take a port between the moment it is found and the moment it is used.
 */
const FIRST = 20_000;
const LAST = 32_000;

const given = new Set<number>();

/** Finds a port that is free, and that this process has not been given before. */
export async function freePort(): Promise<number> {
  for (;;) {
    // At random: several processes look for ports at the same time.
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    if (given.has(port) || (await isListening(port))) continue;
    given.add(port);
    return port;
  }
}

/** Tells if a port of this machine is taken. */
export async function isListening(port: number): Promise<boolean> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return true;
  }
  await new Promise((done) => server.close(done));
  return false;
}
