import type { ApiHandler, JsonObject } from '../../src/contract';
import { Athena } from '../../src/services/athena/athena';
import { Firehose } from '../../src/services/firehose/firehose';
import { Glue } from '../../src/services/glue/glue';
import { S3 } from '../../src/services/s3/s3';
import { ApiServer } from '../s3/api-server';
import { TestCloud } from '../s3/test-cloud';
import { DATABASE, destination, roleProperties, TABLE } from './test-stream';

/** Credentials of a client that the test's server lets pass. */
export const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

/** A bucket, a table, a stream that fills it and queries over it, with the real services. {@link TestLake.close} ends them. */
export class TestLake {
  readonly s3: S3;
  readonly glue: Glue;
  readonly firehose: Firehose;
  readonly athena: Athena;
  private readonly servers: ApiServer[] = [];

  private constructor(readonly cloud: TestCloud) {
    this.s3 = new S3(cloud);
    this.glue = new Glue(cloud);
    this.firehose = new Firehose(cloud, { shelf: this.s3, catalog: this.glue });
    this.athena = new Athena(cloud, { shelf: this.s3, catalog: this.glue });
  }

  /** @param table - overrides of the table's properties. @param speed - of the cloud's clock. @default 1 */
  static async open({ table = TABLE, speed = 1 }: { table?: JsonObject; speed?: number } = {}): Promise<TestLake> {
    const cloud = new TestCloud();
    Object.assign(cloud.clock, { speed });
    const lake = new TestLake(cloud);
    await cloud.create(lake.s3, 'AWS::S3::Bucket', 'Lake', { BucketName: 'lake' });
    await cloud.create(lake.glue, 'AWS::Glue::Database', 'Audience', DATABASE);
    await cloud.create(lake.glue, 'AWS::Glue::Table', 'Events', table);
    return lake;
  }

  /** Makes the role and the stream `reports`. */
  async stream(overrides: JsonObject = {}, role: JsonObject = roleProperties()) {
    const { cloud } = this;
    const made = await cloud.create(cloud.access, 'AWS::IAM::Role', 'StreamRole', role);
    return cloud.create(this.firehose, 'AWS::KinesisFirehose::DeliveryStream', 'Stream', {
      DeliveryStreamName: 'reports',
      ExtendedS3DestinationConfiguration: { ...destination(made.attribute('Arn')), ...overrides },
    });
  }

  /** Opens an endpoint for an API. */
  async serve(handler: ApiHandler | undefined): Promise<{ readonly server: ApiServer; readonly endpoint: string }> {
    if (handler === undefined) throw new Error('no API');
    const server = new ApiServer(handler);
    this.servers.push(server);
    return { server, endpoint: await server.start() };
  }

  async close(): Promise<void> {
    await Promise.all([this.firehose.stop(), this.athena.stop()]);
    await Promise.all([this.s3.stop(), ...this.servers.map((server) => server.stop())]);
    this.cloud.remove();
  }
}
