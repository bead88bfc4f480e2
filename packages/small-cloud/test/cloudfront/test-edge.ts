import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Properties, Value } from '../../src/contract';
import { CloudFront } from '../../src/services/cloudfront/cloudfront';
import { TestCloud } from '../s3/test-cloud';
import { type Got, get, TestOrigin } from './test-origin';

export const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
export const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
export const ORIGIN_CONTROLLED = '83da9c7e-98b4-4e11-a168-04f0df8e2c65';
export const SIMPLE_SECURITY = '67f7725c-6f97-4210-82d7-5512b31e9d03';
export const SIMPLE_CORS = '60669652-455b-4ae9-85a4-c4c02393f86c';

/** Builds the properties of a distribution with one origin, `origin.example`. */
export function distribution(behavior: Properties = {}, config: Properties = {}, origin: Properties = {}): Properties {
  return {
    DistributionConfig: {
      Enabled: true,
      Origins: [
        {
          Id: 'o',
          DomainName: 'origin.example',
          CustomOriginConfig: { OriginProtocolPolicy: 'https-only' },
          ...origin,
        },
      ],
      DefaultCacheBehavior: {
        TargetOriginId: 'o',
        ViewerProtocolPolicy: 'redirect-to-https',
        CachePolicyId: CACHING_OPTIMIZED,
        ...behavior,
      },
      ...config,
    },
  };
}

/** One real distribution in front of one real origin, on loopback. */
export class TestEdge {
  readonly cloud = new TestCloud();
  readonly service = new CloudFront(this.cloud, { port: 0 });
  readonly origin: TestOrigin;
  id = '';
  domainName = '';
  /** Changes the distribution. */
  update: (properties: Properties) => Promise<unknown> = () => Promise.reject(new Error('not started'));

  constructor(answer: (request: IncomingMessage, response: ServerResponse) => void) {
    this.origin = new TestOrigin(answer);
  }

  async start(properties: Properties = distribution()): Promise<this> {
    this.cloud.names.register('origin.example', await this.origin.start());
    const made = await this.create('Distribution', properties);
    this.update = made.update;
    this.id = made.ref;
    this.domainName = made.attribute('DomainName');
    return this;
  }

  /** Creates another CloudFront resource. */
  create(type: string, properties: Properties, logicalId = type) {
    return this.cloud.create(this.service, `AWS::CloudFront::${type}`, logicalId, properties);
  }

  async cachePolicy(
    ttl: readonly [number, number, number],
    parameters: { readonly [key: string]: Value } = {},
  ): Promise<string> {
    return (await this.create('CachePolicy', cachePolicyProperties(ttl, parameters))).ref;
  }

  /** Writes a pair to a key value store by its API. */
  async putKey(arn: string, key: string, value: string): Promise<void> {
    const call = this.service.api['cloudfront-keyvaluestore'];
    if (call === undefined) throw new Error('no API of key value stores');
    const path = `/key-value-stores/${encodeURIComponent(arn)}`;
    const asked = { query: new URLSearchParams(), body: Buffer.alloc(0), roleArn: undefined };
    const described = await call({ ...asked, method: 'GET', path, headers: {} });
    const headers = { 'if-match': described.headers?.['etag'] };
    const body = Buffer.from(JSON.stringify({ Value: value }));
    await call({ ...asked, method: 'PUT', path: `${path}/keys/${encodeURIComponent(key)}`, headers, body });
  }

  get(path: string, headers?: Record<string, string>, method?: string, body?: string): Promise<Got> {
    return get(`${this.cloud.names.resolve(this.domainName)}${path}`, headers, method, body);
  }

  async stop(): Promise<void> {
    await this.service.stop();
    await this.origin.stop();
    this.cloud.remove();
  }
}

/** Returns the properties of a cache policy: its TTLs, and nothing in the key but the path, unless `parameters` say so. */
export function cachePolicyProperties(
  [MinTTL, DefaultTTL, MaxTTL]: readonly [number, number, number],
  parameters: { readonly [key: string]: Value },
) {
  return {
    CachePolicyConfig: {
      Name: 'p',
      MinTTL,
      DefaultTTL,
      MaxTTL,
      ParametersInCacheKeyAndForwardedToOrigin: {
        EnableAcceptEncodingGzip: false,
        QueryStringsConfig: { QueryStringBehavior: 'none' },
        HeadersConfig: { HeaderBehavior: 'none' },
        CookiesConfig: { CookieBehavior: 'none' },
        ...parameters,
      },
    },
  };
}
