import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ApiServer } from '../../../src/api-server';
import { CloudFormationApi } from '../../../src/cloudformation/api/cloudformation-api';
import { Credentials } from '../../../src/wire/credentials';
import { TestCloud } from '../../s3/test-cloud';
import { FakeEngine } from './fake-engine';

/** The API in front of a fake engine, called through the real SDK. */
export class ApiBench {
  readonly cloud = new TestCloud();
  readonly engine = new FakeEngine();
  private readonly credentials = new Credentials();
  private readonly server: ApiServer;
  private readonly files = new Map<string, string>();
  private made: CloudFormationClient | undefined;

  constructor() {
    const objects = { file: (bucket: string, key: string) => this.files.get(`${bucket}/${key}`) };
    const api = new CloudFormationApi(this.cloud, { engine: this.engine, objects });
    const responses = {
      receive: () => {
        throw new Error('the test did not expect a response of a custom resource');
      },
    };
    this.server = new ApiServer(this.cloud, { services: [api], credentials: this.credentials, responses });
  }

  get client(): CloudFormationClient {
    if (this.made === undefined) throw new Error('start it first');
    return this.made;
  }

  async start(): Promise<void> {
    await this.server.start();
    this.actAs(undefined);
  }

  /** Changes the credentials: those of a role, or with undefined the operator's own. */
  actAs(roleArn: string | undefined): void {
    this.made?.destroy();
    const credentials = roleArn === undefined ? this.credentials.operator : this.credentials.issue(roleArn);
    const endpoint = this.server.url;
    this.made = new CloudFormationClient({ endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 });
  }

  /** Puts an object into the local S3. */
  object(bucket: string, key: string, text: string): void {
    const file = join(this.cloud.folder, key.replaceAll('/', '-'));
    writeFileSync(file, text);
    this.files.set(`${bucket}/${key}`, file);
  }

  async close(): Promise<void> {
    this.made?.destroy();
    await this.server.stop();
    this.cloud.remove();
  }
}

export const TEMPLATE = JSON.stringify({
  Parameters: { Size: { Type: 'String', Default: 'small' }, Secret: { Type: 'String', NoEcho: true } },
  Resources: { Thing: { Type: 'AWS::Test::Thing' } },
});
