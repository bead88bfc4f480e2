import type { Server as HttpServer } from 'node:http';
import type { Server } from 'node:net';

/**
 * Opens a port of loopback.
 *
 * @param port - 0 takes any free port.
 * @returns the port.
 * @throws Error with the code of the system, such as EADDRINUSE, when it cannot be opened.
 */
export function listen(server: Server, port = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject);
      resolve(portOf(server));
    });
  });
}

/** The port that a server listens on. @throws Error when it does not listen. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen on a port.');
  return address.port;
}

/** Closes the port and every connection. Does nothing when the server does not listen. */
export async function stop(server: HttpServer): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** A server whose port is opened when somebody first asks for it, so that a cloud that needs none has none. */
export class PortOnDemand {
  private listening: Promise<number> | undefined;

  constructor(private readonly server: HttpServer) {}

  /** The port; the first call opens it. */
  port(): Promise<number> {
    this.listening ??= listen(this.server);
    return this.listening;
  }

  /** Closes the port if it was opened. */
  async stop(): Promise<void> {
    if (this.listening === undefined) return;
    await this.listening;
    this.listening = undefined;
    await stop(this.server);
  }
}
