import type { Server } from 'node:http';

/** Reasons by the error code of a port that cannot be opened. */
const PORT_TROUBLE = new Map([
  ['EADDRINUSE', 'another program has it'],
  ['EACCES', 'this user may not open it'],
]);

/**
 * Makes an edge listen on loopback.
 *
 * @param port - 0 for any free one.
 * @returns the port.
 * @throws Error when the port is taken.
 */
export function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const trouble = PORT_TROUBLE.get(error.code ?? '');
      reject(
        trouble === undefined
          ? error
          : new Error(`The edge cannot listen on port ${port}: ${trouble}. Choose another with --port N.`),
      );
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
