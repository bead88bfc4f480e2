import { once } from 'node:events';
import { createServer } from 'node:net';

const TRIES = 20;

/** Gives out TCP ports that publishers connect to. */
export interface Ports {
  take(): Promise<number>;
  release(port: number): void;
}

/** The first port at or above a number that no program of this machine holds. */
export class RtmpPorts implements Ports {
  private readonly taken = new Set<number>();

  /** @param first - the first port to try, 1–65535. */
  constructor(private readonly first: number) {}

  /** @throws Error when the port and the twenty after it are taken. */
  async take(): Promise<number> {
    for (let port = this.first; port <= this.first + TRIES; port++) {
      if (this.taken.has(port)) continue;
      this.taken.add(port);
      if (await isFree(port)) return port;
      this.taken.delete(port);
    }
    throw new Error(`no port for RTMP is free: ${this.first} to ${this.first + TRIES} are all taken`);
  }

  release(port: number): void {
    this.taken.delete(port);
  }
}

/** Where one pipeline of an RTMP push input is published to. */
export class RtmpEndpoint {
  private constructor(
    private readonly ports: Ports,
    /** `app/instance`: what an encoder such as OBS calls the path of the server, and the stream key. */
    readonly streamName: string,
    private current: number,
  ) {}

  static async open(ports: Ports, streamName: string): Promise<RtmpEndpoint> {
    return new RtmpEndpoint(ports, streamName, await ports.take());
  }

  /** The same port for another stream name; this endpoint is not to be used, or closed, any more. */
  renamed(streamName: string): RtmpEndpoint {
    return new RtmpEndpoint(this.ports, streamName, this.current);
  }

  get port(): number {
    return this.current;
  }

  get url(): string {
    return `rtmp://127.0.0.1:${this.current}/${this.streamName}`;
  }

  /** Takes another port, because another program has come to hold this one. */
  async move(): Promise<void> {
    const old = this.current;
    this.current = await this.ports.take();
    this.ports.release(old);
  }

  close(): void {
    this.ports.release(this.current);
  }
}

async function isFree(port: number): Promise<boolean> {
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
