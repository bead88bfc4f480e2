import { S3Client } from '@aws-sdk/client-s3';
import { S3 } from '../../src/services/s3/s3';
import { ApiServer } from './api-server';
import { TestCloud } from './test-cloud';

/** S3 with one bucket, and a client of the SDK that asks it over HTTP. */
export interface S3Field {
  readonly cloud: TestCloud;
  readonly s3: S3;
  readonly server: ApiServer;
  readonly client: S3Client;
  close(): Promise<void>;
}

/** Opens S3. @param properties - of its bucket, with its name. */
export async function openS3(id: string, properties: Parameters<TestCloud['create']>[3]): Promise<S3Field> {
  const cloud = new TestCloud();
  const s3 = new S3(cloud);
  await cloud.create(s3, 'AWS::S3::Bucket', id, properties);
  const handler = s3.api['s3'];
  if (handler === undefined) throw new Error('no handler');
  const server = new ApiServer(handler);
  const client = new S3Client({
    endpoint: await server.start(),
    forcePathStyle: true,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });
  const close = async (): Promise<void> => {
    client.destroy();
    await server.stop();
    await s3.stop();
    cloud.remove();
  };
  return { cloud, s3, server, client, close };
}
