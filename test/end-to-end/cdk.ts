import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import type { Keys } from 'small-cloud';

const ROOT = resolve(__dirname, '..', '..');

/** Result of a command of the CDK CLI. */
export interface CdkResult {
  readonly code: number | null;
  /** Everything that it printed. */
  readonly output: string;
}

/** The real CDK CLI, pointed at the small cloud through its environment, as a user would do. */
export class Cdk {
  /**
   * @param apiUrl - API of the small cloud.
   * @param keys - the operator's keys.
   * @param folder - takes the files that it writes, so that none stay in the project.
   */
  constructor(
    private readonly apiUrl: string,
    private readonly keys: Keys,
    private readonly folder: string,
  ) {}

  /** Runs one command: `deploy`, `destroy`. */
  async run(command: string, ...args: readonly string[]): Promise<CdkResult> {
    const cli = join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk');
    const assembly = args.includes('--output') ? [] : ['--output', join(this.folder, 'cdk.out')];
    const always = ['--no-notices', '--ci', ...assembly];
    const child = spawn(process.execPath, [cli, command, ...always, ...args], {
      cwd: ROOT,
      env: {
        PATH: process.env['PATH'],
        HOME: this.folder,
        AWS_ENDPOINT_URL: this.apiUrl,
        AWS_ACCESS_KEY_ID: this.keys.accessKeyId,
        AWS_SECRET_ACCESS_KEY: this.keys.secretAccessKey,
        AWS_REGION: 'us-east-1',
        CDK_DISABLE_CLI_TELEMETRY: 'true',
        CDK_DISABLE_VERSION_CHECK: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const hear = (text: Buffer) => {
      output += text.toString();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const [code] = await once(child, 'close');
    return { code: typeof code === 'number' ? code : null, output };
  }
}
