import { randomBytes } from 'node:crypto';
import type { Access, ApiRequest, ApiResponse, ResourceRequest } from '../../contract';
import { xmlDocument, xmlElements } from '../../wire/xml';
import type { Distribution } from './control/distribution';
import { type Invalidation, invalidates, pathProblem } from './control/invalidations';
import type { Edge } from './edge/edge';

const NAMESPACE = 'http://cloudfront.amazonaws.com/doc/2020-05-31/';

/** A distribution with a running edge. */
export interface RunningDistribution {
  /** The request that created it, or its latest update. */
  readonly request: ResourceRequest;
  readonly distribution: Distribution;
  readonly edge: Edge;
  readonly port: number;
  readonly deployed: Date;
  readonly invalidations: Map<string, Invalidation>;
}

/**
 * CloudFront's API, as far as a deployment needs it: GetDistribution, CreateInvalidation, GetInvalidation.
 *
 * @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateInvalidation.html
 */
export class CloudFrontApi {
  constructor(
    private readonly distributions: ReadonlyMap<string, RunningDistribution>,
    private readonly access: Access,
  ) {}

  /** Answers one request. */
  async handle(request: ApiRequest): Promise<ApiResponse> {
    try {
      return this.answer(request);
    } catch (error) {
      if (error instanceof CloudFrontError) return error.response();
      throw error;
    }
  }

  private answer(request: ApiRequest): ApiResponse {
    const [, id, part, invalidation] =
      /^\/2020-05-31\/distribution\/([^/]+)(?:\/(invalidation)(?:\/([^/]+))?)?$/.exec(request.path) ?? [];
    const operation = `${request.method} ${part ?? ''}${invalidation === undefined ? '' : '/'}`;
    if (id === undefined || !(operation in OPERATIONS)) {
      const message = `${request.method} ${request.path} is not modelled by the local run.`;
      throw new CloudFrontError(501, 'NotImplemented', message);
    }
    this.authorize(request, id, `cloudfront:${OPERATIONS[operation]}`);
    const running = this.distributions.get(id);
    if (running === undefined) {
      throw new CloudFrontError(404, 'NoSuchDistribution', 'The specified distribution does not exist.');
    }
    if (operation === 'GET ') return described(running);
    if (operation === 'POST invalidation') return this.invalidate(request, running);
    const found = running.invalidations.get(invalidation ?? '');
    if (found === undefined) {
      throw new CloudFrontError(404, 'NoSuchInvalidation', 'The specified invalidation does not exist.');
    }
    return { status: 200, headers: XML, body: invalidationXml(found) };
  }

  private invalidate(request: ApiRequest, { distribution, edge, invalidations }: RunningDistribution): ApiResponse {
    const body = request.body.toString();
    const paths = xmlElements(body, 'Path');
    const [callerReference] = xmlElements(body, 'CallerReference');
    if (callerReference === undefined || paths.length === 0) {
      throw new CloudFrontError(
        400,
        'MalformedXML',
        'The XML document is malformed: paths and a CallerReference are needed.',
      );
    }
    for (const path of paths) {
      const problem = pathProblem(path);
      if (problem === undefined) continue;
      const message = `Your request contains one or more invalid invalidation paths: ${problem}.`;
      throw new CloudFrontError(400, 'InvalidArgument', message);
    }
    const same = [...invalidations.values()].find((known) => known.callerReference === callerReference);
    if (same !== undefined && same.paths.join('\n') !== paths.join('\n')) {
      const message = 'An invalidation batch with the specified caller reference already exists, with other paths.';
      throw new CloudFrontError(400, 'InvalidationBatchAlreadyExists', message);
    }
    const made = same ?? { id: newId(), created: new Date(), callerReference, paths };
    if (same === undefined) {
      invalidations.set(made.id, made);
      edge.invalidate((uri) => paths.some((path) => invalidates(path, uri)));
    }
    const location = `https://cloudfront.amazonaws.com/2020-05-31/distribution/${distribution.id}/invalidation/${made.id}`;
    return { status: 201, headers: { ...XML, location }, body: invalidationXml(made) };
  }

  private authorize({ roleArn }: ApiRequest, id: string, action: string): void {
    const [, partition, , , account] = roleArn?.split(':') ?? [];
    const resource = `arn:${partition}:cloudfront::${account}:distribution/${id}`;
    if (roleArn === undefined || this.access.roleAllows(roleArn, { action, resource })) return;
    const message = `User: ${roleArn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
    throw new CloudFrontError(403, 'AccessDenied', message);
  }
}

/** Names of the operations, by method and path. */
const OPERATIONS: Readonly<Record<string, string>> = {
  'GET ': 'GetDistribution',
  'POST invalidation': 'CreateInvalidation',
  'GET invalidation/': 'GetInvalidation',
};

const XML = { 'content-type': 'text/xml' } as const;

/** An error with CloudFront's code and message. */
class CloudFrontError extends Error {
  override readonly name = 'CloudFrontError';

  constructor(
    private readonly status: number,
    private readonly code: string,
    message: string,
  ) {
    super(message);
  }

  response(): ApiResponse {
    const Type = this.status < 500 ? 'Sender' : 'Receiver';
    const content = { Error: { Type, Code: this.code, Message: this.message }, RequestId: newId() };
    return { status: this.status, headers: XML, body: xmlDocument('ErrorResponse', NAMESPACE, content) };
  }
}

function invalidationXml({ id, created, callerReference, paths }: Invalidation): string {
  return xmlDocument('Invalidation', NAMESPACE, {
    Id: id,
    Status: 'Completed',
    CreateTime: created.toISOString(),
    InvalidationBatch: { Paths: { Quantity: paths.length, Items: { Path: paths } }, CallerReference: callerReference },
  });
}

/** Describes a distribution. Its configuration has only `Enabled`. */
function described({ distribution, deployed }: RunningDistribution): ApiResponse {
  const body = xmlDocument('Distribution', NAMESPACE, {
    Id: distribution.id,
    ARN: distribution.arn,
    Status: 'Deployed',
    LastModifiedTime: deployed.toISOString(),
    InProgressInvalidationBatches: 0,
    DomainName: distribution.domainName,
    DistributionConfig: { Enabled: true },
  });
  return { status: 200, headers: { ...XML, etag: distribution.id }, body };
}

function newId(): string {
  return `I${randomBytes(7).toString('hex').toUpperCase()}`;
}
