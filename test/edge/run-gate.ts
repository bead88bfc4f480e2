import { createHmac } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { gateCode } from '../../bin/build/gate';

/** An answer of the gate in place of the origin's. */
export interface GateAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, { readonly value: string }>>;
  readonly body: { readonly encoding: string; readonly data: string };
}

/** A request, as the gate gets it and passes it on. */
export interface GateRequest {
  readonly method: string;
  readonly uri: string;
  readonly headers: Readonly<Record<string, { readonly value: string }>>;
}

/** The settings of a gate in a test, and the time and the store around it. */
export interface GateWorld {
  readonly folders: readonly { readonly path: string; readonly channel: string; readonly isPublic: boolean }[];
  readonly countries: readonly string[];
  /** Entries of the key value store. */
  readonly entries: Readonly<Record<string, string>>;
  /** Seconds since 1970. */
  readonly now: number;
  /** Call at which the store fails. @default none */
  readonly failing?: 'get' | 'exists';
}

/** A run of the gate: what it did, what it read and what it logged. */
export interface GateRun {
  readonly result: GateAnswer | GateRequest;
  readonly reads: readonly string[];
  readonly logged: readonly string[];
}

/** The built code, with its imports in the form of constants. */
const CODE = gateCode()
  .replace('import cf from "cloudfront";', 'const cf = modules.cloudfront;')
  .replace('import crypto from "crypto";', 'const crypto = modules.crypto;');

/** Runs the built code of the gate for one request, with stand-ins for the modules of CloudFront's runtime. */
export async function runGate(request: GateRequest, world: GateWorld): Promise<GateRun> {
  const reads: string[] = [];
  const logged: string[] = [];
  const read = (call: 'get' | 'exists', key: string) => {
    reads.push(`${call} ${key}`);
    if (world.failing === call) throw new Error('Throttled');
    return Object.hasOwn(world.entries, key) ? world.entries[key] : undefined;
  };
  const modules = {
    cloudfront: {
      kvs: () => ({
        async get(key: string, { format }: { readonly format: string }): Promise<unknown> {
          const value = read('get', key);
          if (value === undefined) throw new Error('KeyNotFound');
          return format === 'json' ? JSON.parse(value) : value;
        },
        exists: async (key: string) => read('exists', key) !== undefined,
      }),
    },
    crypto: { createHmac },
  };
  const RunDate = class extends Date {
    static override now(): number {
      return world.now * 1000;
    }
  };
  const channels = world.folders.map(({ path, ...owner }) => ({ ...owner, paths: [path] }));
  const settings = JSON.stringify({ channels, countries: world.countries });
  const context = {
    modules,
    Buffer,
    Date: RunDate,
    console: { log: (line: unknown) => logged.push(String(line)) },
    request,
  };
  const script = `(async () => { ${CODE}\nconst GATE=${settings};\nreturn handler({ request: request }); })()`;
  const result = (await runInNewContext(script, context)) as GateAnswer | GateRequest;
  return { result, reads, logged };
}
