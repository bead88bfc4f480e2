import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiServer } from '../../src/api-server';
import { CloudFormation } from '../../src/cloudformation/engine';
import { CustomResourceResponses } from '../../src/cloudformation/responses';
import type { Access, Cloud, CloudClock, Properties, Service } from '../../src/contract';
import { cloudClock } from '../../src/host/clock';
import { Processes } from '../../src/host/processes';
import { Lambda } from '../../src/services/lambda/lambda';
import { Logs } from '../../src/services/logs/logs';
import { Credentials } from '../../src/wire/credentials';
import type { LocalNames } from '../../src/wire/local-names';
import { quietCloud } from '../cloudformation/quiet-cloud';

export const ROLE = 'arn:aws:iam::111122223333:role/function';

interface BenchOptions {
  readonly access?: Partial<Access>;
  readonly clock?: CloudClock;
  /** The name service, for function URLs and the names that functions reach. @default one that must not be asked */
  readonly names?: LocalNames;
  /** Services beside Lambda and Logs. */
  readonly services?: (cloud: Cloud, lambda: Lambda) => readonly Service[];
}

/** The parts of the small cloud that run functions, really running; {@link LambdaBench.close} ends them. */
export class LambdaBench {
  readonly folder = mkdtempSync(join(tmpdir(), 'lambda-'));
  readonly assets = new Map<string, string>();
  /** Files of objects in S3, by `bucket/key`. */
  readonly objects = new Map<string, string>();
  readonly events: string[] = [];
  /** The published messages, each with its topic's ARN. */
  readonly published: string[] = [];
  readonly credentials = new Credentials();
  readonly cloud;
  readonly processes = new Processes(this.folder);
  readonly responses;
  readonly lambda;
  readonly api: ApiServer;
  readonly cloudFormation: CloudFormation;

  /** @param access - in place of one that allows all to {@link ROLE}. */
  constructor({ access = {}, clock = cloudClock(), names, services = () => [] }: BenchOptions = {}) {
    const overrides: Partial<Cloud> = names === undefined ? {} : { names };
    this.cloud = quietCloud({
      ...overrides,
      folder: this.folder,
      clock,
      access: {
        roleAllows: () => true,
        roleTrusts: (role, principal) => role === ROLE && principal === 'lambda.amazonaws.com',
        policyAllows: () => true,
        policyDenies: () => false,
        ...access,
      },
    });
    this.responses = new CustomResourceResponses(this.cloud);
    this.lambda = new Lambda(this.cloud, {
      processes: this.processes,
      objects: { file: (bucket, key) => this.objects.get(`${bucket}/${key}`) },
      assets: this.assets,
      credentials: this.credentials,
      endpointUrl: () => this.api.url,
      names: () => names?.all() ?? {},
      publish: (topicArn, message) => this.published.push(`${topicArn} ${message}`),
      retrySeconds: [0.01, 0.02],
    });
    const all = [this.lambda, new Logs(this.cloud), ...services(this.cloud, this.lambda)];
    this.api = new ApiServer(this.cloud, { services: all, credentials: this.credentials, responses: this.responses });
    this.cloudFormation = new CloudFormation(this.cloud, {
      services: all,
      lambda: this.lambda,
      responses: this.responses,
      responseUrl: () => this.api.url,
      onEvent: ({ logicalId, status }) => this.events.push(`${logicalId} ${status}`),
    });
  }

  /** The printed and reported lines. */
  get told(): string {
    return this.cloud.told.join('\n');
  }

  /** Puts the code of a function where an asset would be. @returns its Code property. */
  asset(key: string, files: Readonly<Record<string, string>>): Properties {
    const folder = join(this.folder, 'assets', key);
    mkdirSync(folder, { recursive: true });
    for (const [name, source] of Object.entries(files)) writeFileSync(join(folder, name), source);
    this.assets.set(`${key}.zip`, folder);
    return { S3Bucket: 'assets', S3Key: `${key}.zip` };
  }

  /** Creates a function outside of any stack. @returns its ARN. */
  async create(properties: Properties): Promise<string> {
    const provider = this.lambda.resources['AWS::Lambda::Function'];
    const state = await provider?.create({
      stackName: 'Live',
      stackId: 'stack-id',
      logicalId: 'Subject',
      type: 'AWS::Lambda::Function',
      properties: { Handler: 'index.handler', Runtime: 'nodejs22.x', Role: ROLE, ...properties },
    });
    return String(state?.attributes['Arn']);
  }

  async close(): Promise<void> {
    this.cloudFormation.stop();
    await this.lambda.stop();
    await this.processes.stop();
    await this.api.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
