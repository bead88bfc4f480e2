import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

const TRIES = 20;

/** Pool of ports that publishers send to. */
export interface Ports {
  take(): Promise<number>;
  release(port: number): void;
}

/** Protocol by which publishers reach an input. */
export type PushProtocol = 'rtmp' | 'srt' | 'rtp' | 'udp';

/** Ports for each way of transport: RTMP comes over TCP, the others in datagrams. */
export interface PushPorts {
  readonly tcp: Ports;
  readonly udp: Ports;
}

/** The first port at or above a number that no program of this machine holds. */
export class FreePorts implements Ports {
  private readonly taken = new Set<number>();

  private constructor(
    private readonly first: number,
    private readonly step: number,
    private readonly isFree: (port: number) => Promise<boolean>,
  ) {}

  /**
   * Searches every port.
   *
   * @param first - the first port to try, 1–65535.
   */
  static tcp(first: number): FreePorts {
    return new FreePorts(first, 1, tcpIsFree);
  }

  /**
   * Searches every second port, because RTP keeps the one above its own for its reports.
   *
   * @param first - the first port to try, 1–65534.
   */
  static udp(first: number): FreePorts {
    return new FreePorts(first, 2, async (port) => (await udpIsFree(port)) && (await udpIsFree(port + 1)));
  }

  /** Takes a port. @throws Error when the port and the twenty after it are taken. */
  async take(): Promise<number> {
    const last = this.first + TRIES * this.step;
    for (let port = this.first; port <= last; port += this.step) {
      if (this.taken.has(port)) continue;
      this.taken.add(port);
      if (await this.isFree(port)) return port;
      this.taken.delete(port);
    }
    throw new Error(`no port for publishers is free: ${this.first} to ${last} are all taken`);
  }

  release(port: number): void {
    this.taken.delete(port);
  }
}

/** Endpoint of one pipeline of a push input. */
export class PushEndpoint {
  private constructor(
    private readonly ports: Ports,
    readonly protocol: PushProtocol,
    /** RTMP: `app/instance`, which OBS calls the path of the server and the stream key. Empty for the others. */
    readonly streamName: string,
    private current: number,
  ) {}

  static async open(ports: PushPorts, protocol: PushProtocol, streamName: string): Promise<PushEndpoint> {
    const pool = protocol === 'rtmp' ? ports.tcp : ports.udp;
    return new PushEndpoint(pool, protocol, streamName, await pool.take());
  }

  /** Returns an endpoint at the same port for another stream name. This one must not be used or closed any more. */
  renamed(streamName: string): PushEndpoint {
    return new PushEndpoint(this.ports, this.protocol, streamName, this.current);
  }

  get port(): number {
    return this.current;
  }

  get url(): string {
    const address = `${this.protocol}://127.0.0.1:${this.current}`;
    return this.protocol === 'rtmp' ? `${address}/${this.streamName}` : address;
  }

  /** Takes another port, because another program holds this one. */
  async move(): Promise<void> {
    const old = this.current;
    this.current = await this.ports.take();
    this.ports.release(old);
  }

  close(): void {
    this.ports.release(this.current);
  }
}

async function tcpIsFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return true;
  } catch {
    return false;
  }
}

async function udpIsFree(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  try {
    socket.bind(port, '127.0.0.1');
    await once(socket, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    socket.close();
  }
}
