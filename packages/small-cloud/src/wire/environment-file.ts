import { existsSync, lstatSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Keys } from './credentials';

/** First part of the name of a run's folder, in the folder for temporary files. The rest is random. */
export const RUN_FOLDER = 'live-streaming-';

/** The environment of a run, for the AWS CLI, the SDKs and the CDK CLI. */
export interface RunEnvironment {
  /** Base URL of the run's AWS API. */
  readonly apiUrl: string;
  readonly keys: Keys;
  /** Base URLs on this machine by the domains of a run that was found; they are in no DNS. */
  readonly names?: Readonly<Record<string, string>>;
}

const NAME = 'environment';
/** File with the addresses on this machine of the domains of a run. */
const NAMES = 'names';
const REGION = 'us-east-1';

/** Writes the environment as lines for a shell. */
export function environmentLines({ apiUrl, keys }: RunEnvironment): readonly string[] {
  return [
    `export AWS_ENDPOINT_URL=${apiUrl}`,
    // The SDKs put the account before the host of key value stores. Before an IP address it would make no host.
    `export AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE=${apiUrl.replace('//127.0.0.1', '//localhost')}`,
    `export AWS_ACCESS_KEY_ID=${keys.accessKeyId} AWS_SECRET_ACCESS_KEY=${keys.secretAccessKey}`,
    // A session token of a real account would be sent along with the keys of this run.
    `unset AWS_SESSION_TOKEN AWS_PROFILE; export AWS_REGION=${REGION} CDK_DISABLE_CLI_TELEMETRY=true`,
    // Hosts that the shell already excludes from its proxy stay excluded.
    `export NO_PROXY="127.0.0.1,localhost\${NO_PROXY:+,$NO_PROXY}" no_proxy="127.0.0.1,localhost\${no_proxy:+,$no_proxy}"`,
  ];
}

/** Writes the environment into the folder of a run, readable by its user alone. @returns the path of the file. */
export function writeEnvironment(folder: string, environment: RunEnvironment): string {
  const file = join(folder, NAME);
  writeFileSync(file, `${environmentLines(environment).join('\n')}\n`, { mode: 0o600, flag: 'wx' });
  return file;
}

/**
 * Writes the addresses on this machine of the domains of a run, beside its environment.
 *
 * @param names - base URLs by domain.
 */
export function writeNames(folder: string, names: Readonly<Record<string, string>>): void {
  const file = join(folder, NAMES);
  writeFileSync(`${file}.part`, JSON.stringify(names), { mode: 0o600 });
  renameSync(`${file}.part`, file);
}

/**
 * Finds the environment of the run whose AWS API is at an address. It reads only folders that belong to this user and
 * that nobody else may write to, so that another user of this machine cannot plant keys.
 *
 * @param apiUrl - `http://127.0.0.1:4566`; only the port counts.
 * @param temporary - the folder that holds the folders of runs.
 * @returns undefined when this user has no such run open.
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
    return { apiUrl: value('AWS_ENDPOINT_URL'), keys, names: readNames(folder), writtenAt: lstatSync(file).mtimeMs };
  } catch {
    // The folder disappears when its run ends.
    return undefined;
  }
}

/** Reads the names of a run; none before the first one. */
function readNames(folder: string): Readonly<Record<string, string>> {
  const file = join(folder, NAMES);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, string>>) : {};
}

function isOwn(path: string): boolean {
  const { uid, mode } = lstatSync(path);
  return uid === process.getuid?.() && (mode & 0o077) === 0;
}

function portOf(url: string): string {
  return URL.canParse(url) ? new URL(url).port : '';
}
