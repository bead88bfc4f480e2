import { lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Keys } from './credentials';

/** What the folder of a run is called, in the folder for temporary files. The rest of its name is random. */
export const RUN_FOLDER = 'live-streaming-';

/** The environment of a run, for the AWS CLI, the SDKs and the CDK CLI. */
export interface RunEnvironment {
  /** Base URL of the run's AWS API. */
  readonly apiUrl: string;
  readonly keys: Keys;
}

const NAME = 'environment';
const REGION = 'us-east-1';

/** The environment as lines for a shell. */
export function environmentLines({ apiUrl, keys }: RunEnvironment): readonly string[] {
  return [
    `export AWS_ENDPOINT_URL=${apiUrl}`,
    `export AWS_ACCESS_KEY_ID=${keys.accessKeyId} AWS_SECRET_ACCESS_KEY=${keys.secretAccessKey}`,
    // A session token of a real account would go along with the keys, and is none of this run's.
    `unset AWS_SESSION_TOKEN AWS_PROFILE; export AWS_REGION=${REGION} CDK_DISABLE_CLI_TELEMETRY=true`,
    // Hosts that the shell already keeps from its proxy stay so.
    `export NO_PROXY="127.0.0.1,localhost\${NO_PROXY:+,$NO_PROXY}" no_proxy="127.0.0.1,localhost\${no_proxy:+,$no_proxy}"`,
  ];
}

/** Writes the environment into the folder of a run, for its user alone. @returns the path of the file. */
export function writeEnvironment(folder: string, environment: RunEnvironment): string {
  const file = join(folder, NAME);
  writeFileSync(file, `${environmentLines(environment).join('\n')}\n`, { mode: 0o600, flag: 'wx' });
  return file;
}

/**
 * Finds the environment of the run that has its AWS API at an address. Only folders are looked at that belong to this
 * user and that nobody else may write to: another user of this machine cannot put keys here.
 *
 * @param apiUrl - `http://127.0.0.1:4566`; the port counts.
 * @param temporary - the folder in which runs have theirs.
 * @returns undefined when no such run of this user is open.
 */
export function findEnvironment(apiUrl: string, temporary = tmpdir()): RunEnvironment | undefined {
  const port = portOf(apiUrl);
  return readdirSync(temporary)
    .filter((name) => name.startsWith(RUN_FOLDER))
    .flatMap((name) => readEnvironment(join(temporary, name)) ?? [])
    .sort((one, other) => other.writtenAt - one.writtenAt)
    .find((environment) => portOf(environment.apiUrl) === port);
}

function readEnvironment(folder: string): (RunEnvironment & { readonly writtenAt: number }) | undefined {
  try {
    const file = join(folder, NAME);
    if (![folder, file].every(isOwn)) return undefined;
    const text = readFileSync(file, 'utf8');
    const value = (name: string) => new RegExp(`\\b${name}=(\\S+)`).exec(text)?.[1] ?? '';
    const keys = { accessKeyId: value('AWS_ACCESS_KEY_ID'), secretAccessKey: value('AWS_SECRET_ACCESS_KEY') };
    return { apiUrl: value('AWS_ENDPOINT_URL'), keys, writtenAt: lstatSync(file).mtimeMs };
  } catch {
    // A run that ends takes its folder away.
    return undefined;
  }
}

function isOwn(path: string): boolean {
  const { uid, mode } = lstatSync(path);
  return uid === process.getuid?.() && (mode & 0o077) === 0;
}

function portOf(url: string): string {
  return URL.canParse(url) ? new URL(url).port : '';
}
