import { join } from 'node:path';
import type {
  ApiHandler,
  BucketIngest,
  Cloud,
  ResourceProvider,
  ResourceRequest,
  ResourceState,
  Service,
} from '../../contract';
import { Buckets } from '../kit/objects/buckets';
import { corsRule } from '../kit/objects/cors';
import { EncoderFace } from '../kit/objects/encoder-face';
import { OriginFace } from '../kit/objects/origin-face';
import { checkPolicy } from '../kit/policy/policy';
import { PropertyReader } from '../kit/property-reader';
import { mediaStoreApi } from './api';
import { type Container, Containers } from './container';
import { DataPlane } from './data-plane';

/**
 * MediaStore, which AWS discontinued on 2025-11-13. Containers keep their objects as buckets do, with the same ports for the
 * encoder and the edge.
 */
export class MediaStore implements Service, BucketIngest {
  readonly api: Readonly<Record<string, ApiHandler>>;
  private readonly containers: Containers;
  private readonly face: OriginFace;
  private readonly encoderFace: EncoderFace;

  /** @param endpointUrl - base URL of the AWS API, which serves the data plane too. */
  constructor(
    private readonly cloud: Cloud,
    endpointUrl: () => string,
  ) {
    const stored = new Buckets(join(cloud.folder, 'mediastore'), cloud.partition);
    const tell = (line: string) => cloud.tell('mediastore', line, 'warning');
    this.containers = new Containers(cloud, stored);
    this.encoderFace = new EncoderFace(stored, tell);
    this.face = new OriginFace(stored, cloud, tell, {
      action: 'mediastore:GetObject',
      guard: ({ name }) => this.containers.withId(name),
    });
    this.api = {
      mediastore: mediaStoreApi({
        containers: this.containers,
        access: cloud.access,
        dataPlane: new DataPlane(this.containers, stored, cloud.access),
        endpoint: ({ id }) => `${endpointUrl()}/${id}`,
      }),
    };
  }

  readonly resources: Readonly<Record<string, ResourceProvider>> = {
    'AWS::MediaStore::Container': {
      replacedBy: ['ContainerName'],
      create: async (request) => {
        const { name, policy, cors } = declaredContainer(request);
        const container = await this.containers.create(name, policy);
        container.objects.cors = cors;
        this.cloud.names.register(container.domain, `http://127.0.0.1:${await this.face.port()}/${container.id}`);
        return this.state(container);
      },
      update: async (state, request) => {
        const container = this.containers.get(state.physicalId);
        const { policy, cors } = declaredContainer(request);
        container.policy = policy;
        container.objects.cors = cors;
        return state;
      },
      delete: async ({ physicalId, attributes }) => {
        await this.containers.delete(physicalId);
        this.cloud.names.forget(new URL(String(attributes['Endpoint'])).host);
      },
    },
  };

  async start(): Promise<void> {
    await Promise.all([this.face.port(), this.encoderFace.start()]);
  }

  async stop(): Promise<void> {
    await Promise.all([this.face.stop(), this.encoderFace.stop()]);
  }

  /** A container by its public name, as encoders write it: `ID.data.mediastore.…`. */
  bucket(domain: string): ReturnType<BucketIngest['bucket']> {
    const container = this.containers.withId(domain.split('.')[0] ?? '');
    return container?.domain === domain ? { arn: container.arn, url: this.encoderFace.url(container.id) } : undefined;
  }

  private state({ name, domain, id }: Container): ResourceState {
    return { physicalId: name, ref: name, attributes: { Endpoint: `https://${domain}`, Id: id } };
  }
}

/** Reads the properties of an AWS::MediaStore::Container. @throws UnsupportedError for what is not modelled. */
function declaredContainer(request: ResourceRequest) {
  const declared = PropertyReader.of(request).withoutEffect(
    // The local run keeps objects until they are removed.
    'LifecyclePolicy',
    'MetricPolicy',
    'AccessLoggingEnabled',
    'Tags',
  );
  const name = declared.text('ContainerName');
  const cors = declared.list('CorsPolicy').map(corsRule);
  const path = `${declared.path}.Policy`;
  const policy = new PropertyReader(JSON.parse(declared.maybeText('Policy') ?? '{ "Statement": [] }'), path);
  declared.end();
  const document = { Statement: policy.value('Statement') ?? [] };
  policy.withoutEffect('Version').end();
  checkPolicy(document, path);
  return { name, policy: document, cors };
}
