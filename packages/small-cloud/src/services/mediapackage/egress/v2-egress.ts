import { type Access, ORIGIN_ACCESS } from '../../../contract';
import type { Catalogue } from '../control/catalogue';
import type { PublishedEndpoint } from '../control/endpoint-policies';
import { type EgressAnswer, egressError, smoothError } from './answer';
import { egress } from './egress';
import type { EgressRequest } from './egress-request';
import type { TransportStreamMuxer } from './transport-stream-muxer';

/** `/out/v1/<group>/<channel>/<endpoint>/<file>`; Microsoft Smooth Streaming has one more folder. */
const PATH = /^\/out\/v1\/([\w-]+)\/([\w-]+)\/([\w-]+)\/([\w.$-]+(?:\.ism\/Manifest)?)$/;

/** The parts of MediaPackage v2 that egress uses. */
export interface V2EgressHost {
  readonly catalogue: Catalogue;
  readonly access: Access;
  readonly muxer: TransportStreamMuxer;
}

/** Answers for the endpoints of MediaPackage v2. The endpoint's policy decides who may read it. */
export async function v2Egress(host: V2EgressHost, request: EgressRequest): Promise<EgressAnswer> {
  const { catalogue, access, muxer } = host;
  const { pathname, search } = request.url;
  const [, group = '', channelName = '', endpointName = '', file = ''] = PATH.exec(pathname) ?? [];
  const channel = catalogue.channel(group, channelName);
  const published = catalogue.endpoint(group, channelName, endpointName);
  if (!channel || !published) return egressError(404, `no origin endpoint serves ${pathname}`);
  const refused = unauthorized(access, published, request);
  if (refused !== undefined) return refused;
  const { endpoint } = published;
  if (endpoint.container === 'ISM') return smoothError(endpointName);
  return egress({ endpoint, media: channel.media, muxer }, file, search);
}

function unauthorized(
  access: Access,
  { endpoint, policy }: PublishedEndpoint,
  request: EgressRequest,
): EgressAnswer | undefined {
  const action = request.method === 'GET' ? 'mediapackagev2:GetObject' : 'mediapackagev2:GetHeadObject';
  const principal = request.header(ORIGIN_ACCESS.principal);
  const source = request.header(ORIGIN_ACCESS.source);
  const context = source === undefined ? undefined : { 'AWS:SourceArn': source };
  const asked = { action, resource: endpoint.arn, context };
  if (policy && principal !== undefined && access.policyAllows(policy, principal, asked)) return undefined;
  const why = policy ? 'its policy does not allow it' : 'it has no OriginEndpointPolicy';
  return egressError(403, `${principal ?? 'an unsigned request'} may not ${action} on ${endpoint.arn}: ${why}`);
}
