import type {
  ApiHandler,
  Cloud,
  NodeStatus,
  ResourceProvider,
  ResourceRequest,
  ResourceState,
  Service,
} from '../../contract';
import { Declared } from '../kit/declared';
import { AccessLogs } from './access-logs';
import { CloudFrontApi, type RunningDistribution } from './api';
import type { CloudFrontOptions } from './cloudfront-options';
import type { AccessControl, DistributionParts } from './control/distribution';
import { distributionParts, type References } from './control/distribution-config';
import { found } from './control/found';
import {
  MANAGED_CACHE_POLICIES,
  MANAGED_ORIGIN_REQUEST_POLICIES,
  MANAGED_RESPONSE_HEADERS_POLICIES,
} from './control/managed-policies';
import { declaredAccessControl } from './control/origin-access-control';
import { checkAliases } from './control/own-domain';
import {
  type CachePolicy,
  declaredCachePolicy,
  declaredOriginRequestPolicy,
  type OriginRequestPolicy,
} from './control/policies';
import { policyProvider, unique } from './control/policy-provider';
import { declaredResponseHeadersPolicy, type ResponseHeadersPolicy } from './control/response-headers-policy';
import { Edge } from './edge/edge';
import { EdgeMetrics } from './edge-metrics';
import { EdgeFunctions } from './functions/edge-functions';
import { dataApi } from './key-values/data-api';
import { KeyValueStores } from './key-values/key-value-stores';

/**
 * CloudFront. Every distribution is an edge of its own: the first one on the requested port, others on the next ones.
 */
export class CloudFront implements Service {
  readonly api: Readonly<Record<string, ApiHandler>>;
  readonly resources: Readonly<Record<string, ResourceProvider>>;
  private readonly distributions = new Map<string, RunningDistribution>();
  private readonly accessLogs: AccessLogs;
  private readonly cachePolicies = new Map<string, CachePolicy>(Object.entries(MANAGED_CACHE_POLICIES));
  private readonly originRequestPolicies = new Map<string, OriginRequestPolicy>(
    Object.entries(MANAGED_ORIGIN_REQUEST_POLICIES),
  );
  private readonly responseHeadersPolicies = new Map<string, ResponseHeadersPolicy>(
    Object.entries(MANAGED_RESPONSE_HEADERS_POLICIES),
  );
  private readonly accessControls = new Map<string, AccessControl>();
  private readonly functions: EdgeFunctions;
  private readonly keyValueStores: KeyValueStores;
  private readonly metrics: EdgeMetrics;

  constructor(
    private readonly cloud: Cloud,
    private readonly options: CloudFrontOptions,
  ) {
    this.keyValueStores = new KeyValueStores(cloud, () => {
      return [...this.functions.all.values()].flatMap(({ store }) => store ?? []);
    });
    this.functions = new EdgeFunctions(cloud, {
      keyValueStore: (arn) => found(this.keyValueStores.all, arn, 'key value store'),
      changed: () => this.refresh(),
    });
    this.api = {
      cloudfront: (request) => api.handle(request),
      'cloudfront-keyvaluestore': dataApi({ ...cloud, stores: this.keyValueStores.all }),
    };
    this.resources = this.providers();
    const api = new CloudFrontApi(this.distributions, cloud.access);
    this.accessLogs = new AccessLogs(cloud, options.shelf);
    this.metrics = new EdgeMetrics(cloud, () => this.distributions.values());
  }

  async start(): Promise<void> {
    this.metrics.start();
  }

  async stop(): Promise<void> {
    this.metrics.end();
    await this.accessLogs.flush();
    await Promise.all([...this.distributions.keys()].map((id) => this.deleteDistribution(id)));
  }

  status(): readonly NodeStatus[] {
    const single = this.distributions.size === 1;
    return [...this.distributions.values()].map(({ distribution, edge }) => {
      const { requests, hits, bytes } = edge.figures;
      const ratio = requests === 0 ? '' : `, ${Math.round((100 * hits) / requests)} % hits`;
      return {
        node: single ? 'edge' : `edge ${distribution.id}`,
        state: 'running',
        detail: `${requests.toLocaleString('en-US')} requests${ratio}, ${(bytes / 1_000_000).toFixed(1)} MB sent`,
      };
    });
  }

  private providers(): Readonly<Record<string, ResourceProvider>> {
    return {
      'AWS::CloudFront::CachePolicy': this.values(this.cachePolicies, declaredCachePolicy),
      'AWS::CloudFront::OriginRequestPolicy': this.values(this.originRequestPolicies, declaredOriginRequestPolicy),
      'AWS::CloudFront::ResponseHeadersPolicy': this.values(
        this.responseHeadersPolicies,
        declaredResponseHeadersPolicy,
      ),
      'AWS::CloudFront::OriginAccessControl': this.values(this.accessControls, declaredAccessControl),
      'AWS::CloudFront::KeyValueStore': this.keyValueStores.provider,
      'AWS::CloudFront::Function': this.functions.provider,
      'AWS::CloudFront::Distribution': {
        create: (request) => this.createDistribution(request),
        update: async (state, request) => this.updateDistribution(state, request),
        delete: ({ physicalId }) => this.deleteDistribution(physicalId),
      },
    };
  }

  private async createDistribution(request: ResourceRequest): Promise<ResourceState> {
    const parts = this.parts(request);
    const id = `E${unique(13).toUpperCase()}`;
    const domainName = `d${unique(13)}.cloudfront.net`;
    const arn = `arn:${this.cloud.partition}:cloudfront::${this.cloud.accountId}:distribution/${id}`;
    const distribution = { id, arn, domainName, ...parts };
    const tell = (line: string) => this.cloud.tell('edge', line, 'warning');
    checkAliases(this.cloud.names, parts.aliases);
    this.accessLogs.keep(distribution);
    const { viewerCountry } = this.options;
    const visited = this.accessLogs.of(id);
    const edge = new Edge(distribution, { names: this.cloud.names, tell, viewerCountry, visited });
    const port = await edge.listen(this.nextPort());
    for (const line of parts.withoutEffect) this.cloud.tell('edge', `${request.logicalId}: ${line}`);
    for (const name of [domainName, ...parts.aliases]) this.cloud.names.register(name, `http://127.0.0.1:${port}`);
    this.distributions.set(id, { request, distribution, edge, port, deployed: new Date(), invalidations: new Map() });
    return { physicalId: id, ref: id, attributes: { Id: id, DomainName: domainName } };
  }

  private updateDistribution(state: ResourceState, request: ResourceRequest): ResourceState {
    const running = found(this.distributions, state.physicalId, 'distribution');
    this.change({ ...running, request, deployed: new Date() });
    return state;
  }

  /** Reads every distribution again, after a change of a resource that it may refer to. */
  private refresh(): void {
    for (const running of this.distributions.values()) this.change(running);
  }

  private change(running: RunningDistribution): void {
    const { names } = this.cloud;
    const distribution = { ...running.distribution, ...this.parts(running.request) };
    checkAliases(names, distribution.aliases, running.distribution.aliases);
    for (const name of running.distribution.aliases) names.forget(name);
    for (const name of distribution.aliases) names.register(name, `http://127.0.0.1:${running.port}`);
    this.accessLogs.keep(distribution);
    running.edge.change(distribution);
    this.distributions.set(distribution.id, { ...running, distribution });
  }

  private parts(request: ResourceRequest): DistributionParts {
    const declared = Declared.of(request).withoutEffect('Tags');
    const parts = distributionParts(declared.part('DistributionConfig'), this.references, this.cloud.region);
    declared.end();
    return parts;
  }

  private values<T>(map: Map<string, T>, read: (request: ResourceRequest) => T): ResourceProvider {
    return policyProvider(map, read, () => this.refresh());
  }

  private nextPort(): number {
    const used = new Set([...this.distributions.values()].map(({ port }) => port));
    let { port } = this.options;
    while (port !== 0 && used.has(port)) port++;
    return port;
  }

  private async deleteDistribution(id: string): Promise<void> {
    const running = this.distributions.get(id);
    if (running === undefined) return;
    this.distributions.delete(id);
    this.accessLogs.drop(id);
    const { domainName, aliases } = running.distribution;
    for (const name of [domainName, ...aliases]) this.cloud.names.forget(name);
    await running.edge.stop();
  }

  private readonly references: References = {
    cachePolicy: (id) => found(this.cachePolicies, id, 'cache policy'),
    originRequestPolicy: (id) => found(this.originRequestPolicies, id, 'origin request policy'),
    responseHeadersPolicy: (id) => found(this.responseHeadersPolicies, id, 'response headers policy'),
    originAccessControl: (id) => found(this.accessControls, id, 'origin access control'),
    edgeFunction: (arn) => found(this.functions.all, arn, 'function'),
  };
}
